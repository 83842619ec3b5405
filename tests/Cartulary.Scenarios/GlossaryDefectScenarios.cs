using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What goes wrong elsewhere with glossaries and lineage, each by its name, does not go wrong here.</summary>
public sealed class GlossaryDefectScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task Missing_event_the_old_category_of_a_category_that_is_taken_from_the_other_side()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var (old, young) = (await Catalog.Have(Category("old").In("anchor", glossary)), await Catalog.Have(Category("young").In("anchor", glossary)));
        var income = await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", old));

        var save = await Catalog.Save(young.Appending("childrenCategories", income));

        save.ShouldTell("UPDATE young", "UPDATE income", "UPDATE old");
        save.Event("UPDATE income").Removed("parentCategory").ShouldBe([old.Guid]);
    }

    [Fact]
    public async Task Missing_event_the_inputs_and_outputs_of_a_restored_process()
    {
        var (a, b) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b")));
        var load = await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));
        await Catalog.Delete(load);

        var save = await Catalog.Save(Process("load").Restored());

        save.ShouldTell("UPDATE load", "UPDATE a", "UPDATE b");
        save.Event("UPDATE a").Added("inputToProcesses").ShouldBe([load.Guid]);
        save.Event("UPDATE a").AfterOf("__hasLineage").ShouldBe("true");
    }

    [Fact]
    public async Task Missing_event_an_edit_of_an_archived_term()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(revenue);

        var save = await Catalog.Save(revenue.With("description", "What came in"));

        save.ShouldTell("UPDATE revenue");
        save.Event("UPDATE revenue").Entity.GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Missing_event_terms_added_and_removed_in_one_request()
    {
        var (glossary, one) = await HaveTerm("one");
        var two = await Catalog.Have(Term("two").In("anchor", glossary));
        var orders = await Catalog.Have(Table("orders").Linked("meanings", one));

        var save = await Catalog.Save(Table("orders").Appending("meanings", two).Removing("meanings", one));

        save.ShouldTell("UPDATE orders", "UPDATE one", "UPDATE two");
        (await Catalog.Ends(orders, "meanings")).ShouldBe([two.Guid]);
    }

    [Fact]
    public async Task Missing_event_a_change_of_what_an_assignment_says_of_itself()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Table("orders").Linked("meanings", revenue));
        var said = JsonSerializer.SerializeToNode(new[] { new { guid = revenue.Guid, typeName = "AtlasGlossaryTerm", relationshipAttributes = new { typeName = "AtlasGlossarySemanticAssignment", attributes = new { confidence = 7 } } } });

        (await Catalog.Save(Table("orders").Relating("meanings", said))).ShouldTell("UPDATE orders", "UPDATE revenue");
    }

    [Fact]
    public async Task False_event_a_name_that_the_client_made_and_blanks_around_another()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(revenue.With("qualifiedName", "another one each time").With("name", " revenue "))).ShouldChangeNothing();
    }

    [Fact]
    public async Task False_event_a_renamed_term_does_not_change_the_assets_that_have_it()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var orders = await Catalog.Have(Table("orders").Linked("meanings", revenue));
        var stamp = await StampOf(orders);

        (await Catalog.Save(revenue.With("name", "turnover"))).ShouldTell("UPDATE turnover");

        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Fact]
    public async Task False_event_lists_of_categories_and_processes_that_are_null_or_empty()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Process("load"));

        (await Catalog.Save(revenue.Relating("categories", null).Linked("synonyms"))).ShouldChangeNothing();
        (await Catalog.Save(Process("load").Linked("inputs").Relating("outputs", null))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Wrong_content_references_name_the_assets_own_type_and_qualified_name_at_both_ends()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var save = await Catalog.Save(Column("total").Appending("meanings", revenue));

        var atTerm = save.Event("UPDATE revenue").After.GetProperty("addedRelationshipAttributes").GetProperty("assignedEntities")[0];
        var atColumn = save.Event("UPDATE total").After.GetProperty("addedRelationshipAttributes").GetProperty("meanings")[0];
        (Of(atTerm, "guid"), Of(atTerm, "typeName"), Of(atTerm.GetProperty("uniqueAttributes"), "qualifiedName")).ShouldBe((total.Guid, "Column", total.QualifiedName));
        (Of(atColumn, "guid"), Of(atColumn, "typeName"), Of(atColumn.GetProperty("uniqueAttributes"), "qualifiedName")).ShouldBe((revenue.Guid, "AtlasGlossaryTerm", await NameOf(revenue)));
    }

    [Fact]
    public async Task Wrong_order_versions_and_times_follow_the_commits_of_a_term()
    {
        var (_, revenue) = await HaveTerm("revenue");

        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Catalog.Save(revenue.With("description", $"text {n}"))));

        var told = saves.SelectMany(save => save.Events).OrderBy(told => told.Sequence).ToList();
        told.Select(one => one.Version).ShouldBe(Enumerable.Range(2, 8).Select(version => (long)version));
        told.Select(one => one.Message.GetProperty("eventTime").GetInt64()).ShouldBeInOrder();
    }

    private static string? Of(JsonElement json, string member) => json.GetProperty(member).GetString();
}
