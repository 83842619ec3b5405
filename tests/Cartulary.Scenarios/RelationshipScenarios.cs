using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when relationships are added and removed: both ends, whichever side made the change.</summary>
public sealed class RelationshipScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_term_assigned_from_the_terms_side_tells_both()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var save = await Catalog.Save(revenue.Linked("assignedEntities", total));

        save.ShouldTellInOrder("UPDATE revenue", "UPDATE total");
        save.Event("UPDATE total").Added("meanings").ShouldBe([revenue.Guid]);
    }

    [Fact]
    public async Task Replacing_tells_those_added_and_removed_and_not_those_that_stay()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        var margin = await Catalog.Have(Term("margin").In("anchor", glossary));
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue, profit));

        var save = await Catalog.Save(total.Linked("meanings", profit, margin));

        save.ShouldTell("UPDATE total", "UPDATE revenue", "UPDATE margin");
        save.Event("UPDATE total").Added("meanings").ShouldBe([margin.Guid]);
        save.Event("UPDATE total").Removed("meanings").ShouldBe([revenue.Guid]);
        save.Event("UPDATE revenue").Removed("assignedEntities").ShouldBe([total.Guid]);
    }

    [Fact]
    public async Task Appending_tells_both_ends_and_leaves_the_others_alone()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(Column("total").Appending("meanings", profit))).ShouldTell("UPDATE total", "UPDATE profit");

        (await Catalog.Ends(total, "meanings")).ShouldBe([revenue.Guid, profit.Guid], ignoreOrder: true);
    }

    [Fact]
    public async Task Appending_what_stands_changes_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(Column("total").Appending("meanings", revenue))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Removing_tells_both_ends()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));

        var save = await Catalog.Save(Column("total").Removing("meanings", revenue));

        save.ShouldTell("UPDATE total", "UPDATE revenue");
        save.Event("UPDATE total").Removed("meanings").ShouldBe([revenue.Guid]);
        save.Event("UPDATE revenue").Removed("assignedEntities").ShouldBe([total.Guid]);
    }

    [Fact]
    public async Task Removing_from_the_terms_side_tells_both_ends()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(revenue.Removing("assignedEntities", total))).ShouldTellInOrder("UPDATE revenue", "UPDATE total");
    }

    [Fact]
    public async Task Removing_what_is_not_there_changes_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total"));

        (await Catalog.Save(Column("total").Removing("meanings", revenue))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_member_both_appended_and_removed_is_removed()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(Column("total").Appending("meanings", revenue).Removing("meanings", revenue)))
            .ShouldTell("UPDATE total", "UPDATE revenue");
    }

    [Fact]
    public async Task Removing_the_one_end_of_a_relationship_clears_it()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.Save(Column("id").Removing("table", orders))).ShouldTell("UPDATE id", "UPDATE orders");
    }

    [Fact]
    public async Task Relationships_are_told_with_their_ends_concrete_type_and_name()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var told = (await Catalog.Save(total.Linked("meanings", revenue))).Event("UPDATE revenue");

        var end = told.After.GetProperty("addedRelationshipAttributes").GetProperty("assignedEntities")[0];
        end.GetProperty("typeName").GetString().ShouldBe("Column");
        end.GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe(total.QualifiedName);
    }

    [Fact]
    public async Task The_new_list_of_a_relationship_is_told_whole_beside_what_was_added()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));

        var told = (await Catalog.Save(Column("total").In("table", orders))).Event("UPDATE orders");

        told.After.GetProperty("relationshipAttributes").GetProperty("columns").GetArrayLength().ShouldBe(2);
        told.Before.GetProperty("relationshipAttributes").GetProperty("columns").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_readme_is_told_at_both_ends()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Catalog.Draft("Readme", "readme").In("asset", orders).With("description", "Read me").ByGuid("-1"));

        save.ShouldTellInOrder("CREATE readme", "UPDATE orders");
        save.Event("UPDATE orders").Added("readme").ShouldBe([save.GuidOf("-1")]);
    }

    [Fact]
    public async Task A_second_readme_takes_the_place_of_the_first()
    {
        var orders = await Catalog.Have(Table("orders"));
        var first = await Catalog.Have(Catalog.Draft("Readme", "first").In("asset", orders));

        var save = await Catalog.Save(Catalog.Draft("Readme", "second").In("asset", orders));

        save.ShouldTell("CREATE second", "UPDATE orders", "UPDATE first");
        save.Event("UPDATE orders").Removed("readme").ShouldBe([first.Guid]);
    }
}
