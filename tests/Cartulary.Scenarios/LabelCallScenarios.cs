using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Labels by calls of their own (Apache Atlas, "Labels").</summary>
public sealed class LabelCallScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task Labels_are_set_added_and_taken_away_and_each_change_is_told()
    {
        var orders = await Catalog.Have(Table("orders"));

        var set = await Catalog.Change(HttpMethod.Post, orders, "labels", """["gold","daily"]""");
        set.Status.ShouldBe(204);
        set.ShouldTell("UPDATE orders");
        (await Catalog.Change(HttpMethod.Put, orders, "labels", """["gold","new"]""")).ShouldTell("UPDATE orders");
        var removed = await Catalog.Change(HttpMethod.Delete, orders, "labels", """["daily","unknown"]""");

        removed.ShouldTell("UPDATE orders");
        removed.Events[0].After.GetProperty("labels").GetRawText().ShouldBe("""["gold","new"]""");
        removed.Events[0].Before.GetProperty("labels").GetRawText().ShouldBe("""["daily","gold","new"]""");
        (await Labels(orders)).ShouldBe("""["gold","new"]""");
    }

    [Fact]
    public async Task What_changes_no_label_tells_nobody()
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold"));

        (await Catalog.Change(HttpMethod.Post, orders, "labels", """["gold","gold"]""")).ShouldTell();
        (await Catalog.Change(HttpMethod.Put, orders, "labels", """["gold"]""")).ShouldTell();
        (await Catalog.Change(HttpMethod.Put, orders, "labels", "[]")).ShouldTell();
        (await Catalog.Change(HttpMethod.Delete, orders, "labels", """["silver"]""")).ShouldTell();
        (await StampOf(orders)).ShouldStartWith("version 1,");
    }

    [Fact]
    public async Task The_asset_may_be_named_by_its_unique_attribute()
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold"));

        (await Catalog.ChangeByName(HttpMethod.Put, orders, "labels", """["new"]""")).ShouldTell("UPDATE orders");
        (await Catalog.ChangeByName(HttpMethod.Delete, orders, "labels", """["gold"]""")).ShouldTell("UPDATE orders");
        (await Catalog.ChangeByName(HttpMethod.Post, orders, "labels", "[]")).ShouldTell("UPDATE orders");
        (await Labels(orders)).ShouldBe("[]");
    }

    [Theory]
    [InlineData("""["no spaces"]""", 400, "ATLAS-400-00-090")]
    [InlineData("""["123456789012345678901234567890123456789012345678901"]""", 400, "ATLAS-400-00-08F")]
    [InlineData("""{"a":1}""", 400, "ATLAS-400-00-029")]
    [InlineData("""[1]""", 400, "ATLAS-400-00-029")]
    [InlineData("""["a"]]""", 400, "ATLAS-400-00-029")]
    public async Task Labels_that_cannot_be_are_refused(string json, int status, string code)
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Change(HttpMethod.Put, orders, "labels", json)).ShouldBeRefused(status, code);
    }

    private async Task<string> Labels(AssetDraft asset) => (await Catalog.Get(asset)).GetProperty("labels").GetRawText();
}
