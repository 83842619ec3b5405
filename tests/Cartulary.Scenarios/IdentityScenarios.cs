using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Which asset a request means.</summary>
public sealed class IdentityScenarios(CatalogServer server) : Scenario(server)
{
    private const string UnknownGuid = "0190a1b2-0000-7000-8000-000000000000";

    [Fact]
    public async Task A_guid_wins_and_another_name_renames_the_asset()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Catalog.Draft("Table", "sales").ByGuid(orders.Guid));

        save.ShouldTell("UPDATE sales");
        save.Event("UPDATE sales").ChangedAttributes.ShouldBe(["name", "qualifiedName"]);
        (await Catalog.GetByName(Table("orders"))).Status.ShouldBe(404);
        (await Catalog.GetByName(Table("sales"))).Success().GetProperty("entity").GetProperty("guid").GetString().ShouldBe(orders.Guid);
    }

    [Fact]
    public async Task The_children_of_a_renamed_asset_keep_their_names_and_are_not_told()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("orders/id").In("table", orders));

        (await Catalog.Save(Table("sales").ByGuid(orders.Guid))).ShouldTell("UPDATE sales");

        (await Catalog.GetByName(id)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_name_that_another_asset_has_is_refused()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Table("sales"));

        (await Catalog.Save(Table("sales").ByGuid(orders.Guid))).ShouldBeRefused(409, "ATLAS-409-00-016", "sales");
    }

    [Fact]
    public async Task Two_assets_may_swap_their_names_in_one_request()
    {
        var a = await Catalog.Have(Table("a"));
        var b = await Catalog.Have(Table("b"));

        (await Catalog.Save(Table("b").ByGuid(a.Guid), Table("a").ByGuid(b.Guid))).ShouldTellInOrder("UPDATE b", "UPDATE a");

        (await Catalog.GetByName(Table("b"))).Success().GetProperty("entity").GetProperty("guid").GetString().ShouldBe(a.Guid);
    }

    [Fact]
    public async Task A_guid_that_nobody_has_is_refused() =>
        (await Catalog.Save(Table("orders").ByGuid(UnknownGuid))).ShouldBeRefused(404, "ATLAS-404-00-00A", UnknownGuid);

    [Fact]
    public async Task A_name_under_a_supertype_that_comes_to_mean_two_assets_is_refused()
    {
        await Catalog.Have(Table("orders"));

        (await Catalog.Save(Table("orders").Of("SQL"), Table("orders").Of("View"))).ShouldBeRefused(400, "ATLAS-400-00-029", "orders");
        (await Catalog.Save(Table("sales").Of("View"), Table("sales"), Table("sales").Of("SQL"))).ShouldBeRefused(400, "ATLAS-400-00-029", "sales");
        (await Catalog.Save(Table("orders").Of("View"), Catalog.Draft("Process", "load").Linked("inputs", Table("orders").Of("SQL")))).ShouldBeRefused(400, "ATLAS-400-00-029", "orders");

        (await Catalog.Save(Table("orders").Of("SQL"))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_supertype_finds_the_asset_and_its_own_type_stays()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Table("orders").Of("SQL").With("description", "Orders"));

        save.ShouldTell("UPDATE orders");
        save.Event("UPDATE orders").Entity.GetProperty("typeName").GetString().ShouldBe("Table");
        save.Event("UPDATE orders").Guid.ShouldBe(orders.Guid);
    }

    [Theory]
    [InlineData("SQL")]
    [InlineData("Asset")]
    [InlineData("Referenceable")]
    public async Task What_only_the_assets_own_type_has_may_be_said_under_a_supertype(string supertype)
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id"));
        var total = await Catalog.Have(Column("total"));

        var said = Table("orders").Of(supertype).With("rowCount", 7).With("nothing", 1).Linked("columns", id).Appending("partitions");
        var save = await Catalog.SaveWith("receipts=true", [said]);

        save.ShouldTell("UPDATE orders", "UPDATE id");
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["rowCount"]);
        save.Receipts[0].GetProperty("unknown").GetRawText().ShouldBe("[\"nothing\"]");
        (await Catalog.Ends(orders, "columns")).ShouldBe([id.Guid]);
        (await Catalog.Save(said)).ShouldChangeNothing();
        (await Catalog.Save(Table("orders").Of(supertype).Relating("columns", new JsonArray(total.GuidReference)))).ShouldTell("UPDATE orders", "UPDATE id", "UPDATE total");
    }

    [Fact]
    public async Task A_mistake_in_what_is_said_under_a_supertype_is_told_once()
    {
        await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Table("orders").Of("Asset").With("rowCount", "many").Linked("columns", Column("nobody")));

        save.Status.ShouldBe(404);
        save.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString())
            .ShouldBe(["entities[0].relationshipAttributes.columns[0]", "entities[0].attributes.rowCount"]);
    }

    [Fact]
    public async Task A_reference_by_supertype_means_the_asset_too()
    {
        await Catalog.Have(Table("orders"));

        var id = await Catalog.Have(Column("id").In("table", Table("orders")));

        (await Catalog.Save(Column("id").In("table", Table("orders").Of("SQL")))).ShouldChangeNothing();
        (await Catalog.Ends(id, "table")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_supertype_prefers_the_asset_in_use_to_an_archived_one()
    {
        var table = await Catalog.Have(Table("orders"));
        var view = await Catalog.Have(Catalog.Draft("View", "orders"));
        await Catalog.Delete(table);

        var save = await Catalog.Save(Table("orders").Of("SQL").With("description", "Orders"));

        save.Event("UPDATE orders").Guid.ShouldBe(view.Guid);
    }

    [Fact]
    public async Task A_supertype_that_could_mean_two_assets_is_refused()
    {
        await Catalog.Have(Table("orders"));
        await Catalog.Have(Catalog.Draft("View", "orders"));

        (await Catalog.Save(Table("orders").Of("SQL"))).ShouldBeRefused(400, "ATLAS-400-00-029");
    }

    [Fact]
    public async Task One_name_under_an_unrelated_type_is_another_asset()
    {
        await Catalog.Have(Table("orders"));

        (await Catalog.Save(Catalog.Draft("View", "orders"))).ShouldTell("CREATE orders");
    }

    [Fact]
    public async Task A_guid_under_an_unrelated_type_is_refused()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(Catalog.Draft("View", "orders").ByGuid(orders.Guid))).ShouldBeRefused(400, "ATLAS-400-00-029", "Table");
    }

    [Fact]
    public async Task Names_differ_by_case()
    {
        await Catalog.Have(Table("orders"));

        (await Catalog.Save(Table("ORDERS"))).ShouldTell("CREATE ORDERS");
    }
}
