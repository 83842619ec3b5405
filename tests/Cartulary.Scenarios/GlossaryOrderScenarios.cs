using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>The places of glossaries, categories and terms among their siblings.</summary>
public sealed class GlossaryOrderScenarios(CatalogServer server) : Scenario(server)
{
    private const string Place = "lexicographicalSortOrder";

    [Fact]
    public async Task New_terms_are_given_places_in_the_order_of_their_creation()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var first = await Catalog.Have(Term("b").In("anchor", glossary));
        var second = await Catalog.Have(Term("a").In("anchor", glossary));

        var (one, two) = ((await TextOf(first, Place))!, (await TextOf(second, Place))!);

        string.CompareOrdinal(one, two).ShouldBeLessThan(0, $"{one} before {two}");
        one.ShouldMatch("^0\\|[0-9a-z]{6}:[0-9a-z]{0,247}$");
    }

    [Fact]
    public async Task A_place_can_be_said_and_not_taken_away()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(revenue.With(Place, "0|i00000:"))).ShouldTell("UPDATE revenue");
        (await Catalog.Save(revenue.With(Place, null))).ShouldChangeNothing();
    }

    [Theory]
    [InlineData("first")]
    [InlineData("0|I00000:")]
    [InlineData("0|i0000:")]
    [InlineData("0|i00000:A")]
    public async Task What_is_no_place_is_refused(string place)
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(revenue.With(Place, place))).ShouldBeRefused(400, "ATLAS-400-00-028", place);
    }

    [Fact]
    public async Task A_place_that_a_sibling_has_is_refused()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Save(revenue.With(Place, "0|i00000:"));

        (await Catalog.Save(Term("profit").In("anchor", glossary).With(Place, "0|i00000:").ByGuid("-1"))).ShouldBeRefused(400, "ATLAS-400-00-029", Place);
    }

    [Fact]
    public async Task A_moved_term_whose_place_is_taken_gets_another_one()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var sales = await Catalog.Have(Glossary("sales"));
        await Catalog.Save(revenue.With(Place, "0|i00000:"));
        await Catalog.Have(Term("profit").In("anchor", sales).With(Place, "0|i00000:"));

        var save = await Catalog.Save(revenue.In("anchor", sales));

        save.Event("UPDATE revenue").ChangedAttributes.ShouldBe([Place, "qualifiedName"], ignoreOrder: true);
    }
}
