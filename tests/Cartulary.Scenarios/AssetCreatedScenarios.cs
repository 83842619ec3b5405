using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

public sealed class AssetCreatedScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_new_asset_is_told_once()
    {
        var save = await Catalog.Save(Table("orders").ByGuid("-1"));

        save.ShouldTell("CREATE orders");
        save.Mutated("CREATE").ShouldBe([save.GuidOf("-1")]);
        save.Event("CREATE orders").Version.ShouldBe(1);
    }
}
