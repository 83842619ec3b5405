using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Of many who take one name at the same time, one gets it: it is decided in the transaction.</summary>
public sealed class NameRaceScenarios(CatalogServer server) : Scenario(server)
{
    private const int Savers = 8;

    [Fact]
    public async Task One_of_many_simultaneous_glossaries_of_a_name_is_created() =>
        await Race(() => Glossary("finance"), "ATLAS-409-00-007");

    [Fact]
    public async Task One_of_many_simultaneous_terms_of_a_name_is_created()
    {
        var glossary = await Catalog.Have(Glossary("finance"));

        await Race(() => Term("revenue").In("anchor", glossary), "ATLAS-409-00-009");
    }

    [Fact]
    public async Task One_of_many_simultaneous_categories_of_a_name_is_created()
    {
        var glossary = await Catalog.Have(Glossary("finance"));

        await Race(() => Category("money").In("anchor", glossary), "ATLAS-409-00-00A");
    }

    [Fact]
    public async Task One_of_many_simultaneous_domains_of_a_name_is_created() => await Race(() => Domain("sales"), "ATLAS-409-00-016");

    private async Task Race(Func<AssetDraft> draft, string code)
    {
        var saves = await Task.WhenAll(Enumerable.Range(0, Savers).Select(_ => Catalog.Save(draft().ByGuid("-1"))));

        saves.Count(save => save.Status == 200).ShouldBe(1);
        foreach (var refused in saves.Where(save => save.Status != 200))
        {
            refused.ShouldBeRefused(409, code);
        }
    }
}
