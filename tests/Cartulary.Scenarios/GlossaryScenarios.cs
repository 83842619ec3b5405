using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Glossaries and terms: the server makes their qualified names, and their names are unique.</summary>
public sealed class GlossaryScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task The_server_makes_the_qualified_name_of_a_glossary()
    {
        var glossary = await Catalog.Have(Glossary("finance"));

        var name = await NameOf(glossary);

        name.ShouldNotBe(glossary.QualifiedName);
        name.ShouldNotContain("finance");
    }

    [Fact]
    public async Task A_terms_qualified_name_ends_with_its_glossarys()
    {
        var (glossary, revenue) = await HaveTerm("revenue");

        (await NameOf(revenue)).ShouldEndWith($"@{await NameOf(glossary)}");
    }

    [Fact]
    public async Task A_new_term_tells_its_glossary()
    {
        var glossary = await Catalog.Have(Glossary("finance"));

        var save = await Catalog.Save(Term("revenue").In("anchor", glossary).ByGuid("-1"));

        save.ShouldTellInOrder("CREATE revenue", "UPDATE finance");
        save.Event("UPDATE finance").Added("terms").ShouldBe([save.GuidOf("-1")]);
    }

    [Fact]
    public async Task Events_of_a_term_show_the_glossary_that_it_needs()
    {
        var (glossary, revenue) = await HaveTerm("revenue");

        var told = (await Catalog.Save(revenue.With("description", "What comes in"))).Event("UPDATE revenue");

        told.Entity.GetProperty("relationshipAttributes").GetProperty("anchor").GetProperty("guid").GetString().ShouldBe(glossary.Guid);
    }

    [Fact]
    public async Task An_archived_term_is_told_with_its_glossary_too()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(revenue);

        var told = (await Catalog.Save(revenue.With("description", "What came in"))).Event("UPDATE revenue");

        told.Entity.GetProperty("relationshipAttributes").GetProperty("anchor").GetProperty("guid").GetString().ShouldBe(glossary.Guid);
    }

    [Fact]
    public async Task A_second_glossary_of_a_name_is_refused()
    {
        await Catalog.Have(Glossary("finance"));

        (await Catalog.Save(Glossary("finance").ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-007", "already exists");
    }

    [Fact]
    public async Task A_refused_glossary_is_named_whole()
    {
        await Catalog.Have(Glossary("north/south"));

        (await Catalog.Save(Glossary("north/south").ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-007", "north/south");
    }

    [Fact]
    public async Task A_second_term_of_a_name_in_a_glossary_is_refused()
    {
        var (glossary, _) = await HaveTerm("revenue");

        (await Catalog.Save(Term("revenue").In("anchor", glossary).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-009", "revenue");
    }

    [Fact]
    public async Task Two_terms_of_one_name_in_one_request_are_refused()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var revenue = Term("revenue").In("anchor", glossary);

        (await Catalog.Save(revenue.ByGuid("-1"), revenue.ByGuid("-2"))).ShouldBeRefused(409, "ATLAS-409-00-009");
    }

    [Fact]
    public async Task A_name_may_be_used_again_in_another_glossary()
    {
        await HaveTerm("revenue");
        var sales = await Catalog.Have(Glossary("sales"));

        (await Catalog.Save(Term("revenue").In("anchor", sales).ByGuid("-1"))).ShouldTell("CREATE revenue", "UPDATE sales");
    }

    [Fact]
    public async Task A_name_is_free_again_once_its_term_is_archived()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(revenue);

        (await Catalog.Save(Term("revenue").In("anchor", glossary).ByGuid("-1"))).ShouldTell("CREATE revenue", "UPDATE glossary");
        (await Catalog.Save(revenue.Restored())).ShouldBeRefused(409, "ATLAS-409-00-009");
    }

    [Fact]
    public async Task A_renamed_term_keeps_its_qualified_name_and_is_told_alone()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var name = await NameOf(revenue);

        var save = await Catalog.Save(revenue.With("name", "turnover"));

        save.ShouldTell("UPDATE turnover");
        save.Event("UPDATE turnover").ChangedAttributes.ShouldBe(["name"]);
        (await NameOf(revenue)).ShouldBe(name);
    }

    [Fact]
    public async Task A_term_renamed_to_a_taken_name_is_refused()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Term("profit").In("anchor", glossary));

        (await Catalog.Save(revenue.With("name", "profit"))).ShouldBeRefused(409, "ATLAS-409-00-009", "profit");
    }

    [Fact]
    public async Task A_term_moved_to_another_glossary_tells_both_glossaries()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var own = (await NameOf(revenue)).Split('@')[0];
        var sales = await Catalog.Have(Glossary("sales"));

        var save = await Catalog.Save(revenue.In("anchor", sales));

        save.ShouldTell("UPDATE revenue", "UPDATE glossary", "UPDATE sales");
        save.Event("UPDATE revenue").ChangedAttributes.ShouldBe(["qualifiedName"]);
        (await NameOf(revenue)).ShouldBe($"{own}@{await NameOf(sales)}");
    }

    [Fact]
    public async Task Blanks_around_a_name_are_trimmed_and_change_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(revenue.With("name", "  revenue "))).ShouldChangeNothing();
    }

    [Theory]
    [InlineData("re@venue")]
    [InlineData("  ")]
    public async Task A_name_with_an_at_sign_or_without_a_letter_is_refused(string name)
    {
        var (glossary, _) = await HaveTerm("profit");

        (await Catalog.Save(Term("revenue").With("name", name).In("anchor", glossary).ByGuid("-1"))).ShouldBeRefused(400, "ATLAS-400-00-083");
    }
}
