using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Guids that are good for one request, and assets that one request lists twice.</summary>
public sealed class RequestGuidScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_negative_guid_joins_assets_of_one_request()
    {
        var save = await Catalog.Save(
            Table("orders").ByGuid("-1"),
            Column("id").ByGuid("-2").Relating("table", new JsonObject { ["typeName"] = "Table", ["guid"] = "-1" }));

        save.ShouldTellInOrder("CREATE orders", "CREATE id");
        (await Catalog.Ends(Column("id").Known(save.GuidOf("-2")), "table")).ShouldBe([save.GuidOf("-1")]);
    }

    [Fact]
    public async Task A_reference_may_come_before_what_it_means()
    {
        var save = await Catalog.Save(
            Column("id").ByGuid("-2").Relating("table", new JsonObject { ["typeName"] = "Table", ["guid"] = "-1" }),
            Table("orders").ByGuid("-1"));

        save.ShouldTellInOrder("CREATE id", "CREATE orders");
    }

    [Fact]
    public async Task A_negative_guid_that_means_nothing_is_refused() =>
        (await Catalog.Save(Column("id").Relating("table", new JsonObject { ["typeName"] = "Table", ["guid"] = "-9" })))
            .ShouldBeRefused(404, "ATLAS-404-00-00A", "-9");

    [Fact]
    public async Task Every_guid_of_the_request_is_assigned_unchanged_assets_included()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Table("orders").ByGuid("-1"), Table("sales").ByGuid("-2"));

        save.ShouldTell("CREATE sales");
        save.GuidOf("-1").ShouldBe(orders.Guid);
        save.GuidOf("-2").ShouldBe(save.Event("CREATE sales").Guid);
    }

    [Fact]
    public async Task A_guid_that_is_already_real_is_not_assigned()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(orders.ByGuid());

        save.ShouldChangeNothing();
        save.Body.GetRawText().ShouldBe("""{"guidAssignments":{}}""");
    }

    [Fact]
    public async Task An_asset_listed_twice_is_merged_and_the_last_statement_wins()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(
            Table("orders").ByGuid("-1").With("rowCount", 1).With("alias", "o"), Table("orders").ByGuid("-2").With("rowCount", 2));

        save.ShouldTell("UPDATE orders");
        save.Event("UPDATE orders").AfterOf("rowCount").ShouldBe("2");
        save.Event("UPDATE orders").AfterOf("alias").ShouldBe("\"o\"");
        save.Event("UPDATE orders").Version.ShouldBe(2);
        save.GuidOf("-1").ShouldBe(orders.Guid);
        save.GuidOf("-2").ShouldBe(orders.Guid);
    }

    [Fact]
    public async Task A_new_asset_listed_twice_is_created_once()
    {
        var save = await Catalog.Save(Table("orders").ByGuid("-1"), Table("orders").ByGuid("-2").With("rowCount", 2));

        save.ShouldTell("CREATE orders");
        save.GuidOf("-1").ShouldBe(save.GuidOf("-2"));
        save.Event("CREATE orders").AfterOf("rowCount").ShouldBe("2");
    }

    [Fact]
    public async Task Two_statements_that_lead_back_to_what_is_stored_change_nothing()
    {
        var orders = await Catalog.Have(Table("orders").With("rowCount", 1));

        (await Catalog.Save(orders.With("rowCount", 2), orders.With("rowCount", 1))).ShouldChangeNothing();
    }

    [Fact]
    public async Task An_asset_listed_by_guid_and_by_name_is_one()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.ByGuid().With("rowCount", 1), Table("orders").With("alias", "o"))).ShouldTell("UPDATE orders");
    }

    [Fact]
    public async Task One_guid_for_two_assets_is_refused() =>
        (await Catalog.Save(Table("orders").ByGuid("-1"), Table("sales").ByGuid("-1"))).ShouldBeRefused(400, "ATLAS-400-00-029", "-1");

    [Fact]
    public async Task Assets_that_are_referred_to_may_stand_apart()
    {
        var column = Column("id").ByGuid("-2").Relating("table", new JsonObject { ["typeName"] = "Table", ["guid"] = "-1" });
        var body = new JsonObject
        {
            ["entities"] = new JsonArray(column.Json),
            ["referredEntities"] = new JsonObject { ["-1"] = Table("orders").ByGuid("-1").Json },
        };

        var save = await Catalog.SaveText(body.ToJsonString());

        save.ShouldTell("CREATE id", "CREATE orders");
        save.GuidOf("-1").ShouldBe(save.Event("CREATE orders").Guid);
    }
}
