using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A save that is asked for receipts says why there was an event of each asset, or none.</summary>
public sealed class ReceiptScenarios(CatalogServer server) : Scenario(server)
{
    private const string Receipts = "receipts=true";

    [Fact]
    public async Task Listed_assets_come_in_the_order_of_the_request_and_related_ones_after_them()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));

        var save = await Catalog.SaveWith(Receipts, [Column("id").In("table", orders), orders.With("description", "All orders"), Column("total").In("table", orders), Table("bills")]);

        save.Verdicts.ShouldBe(["NOOP id", "UPDATE orders", "CREATE total", "CREATE bills"]);
        save.Receipts.Where(receipt => receipt.TryGetProperty("related", out _)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_neighbour_that_only_gains_a_relationship_is_related()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.SaveWith(Receipts, [Column("total").In("table", orders)]);

        save.Verdicts.ShouldBe(["CREATE total", "UPDATE orders"]);
        save.Receipts[1].GetProperty("related").GetBoolean().ShouldBeTrue();
        save.Receipts[1].GetProperty("changes").GetProperty("addedRelationshipAttributes").GetProperty("columns")[0].GetProperty("guid").GetString()
            .ShouldBe(save.Receipts[0].GetProperty("guid").GetString());
    }

    [Fact]
    public async Task A_change_is_shown_before_and_after_with_its_version_and_event()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "old"));

        var save = await Catalog.SaveWith(Receipts, [orders.With("description", "new").Labelled("gold")]);

        var receipt = save.Receipts.ShouldHaveSingleItem();
        receipt.GetProperty("version").GetInt64().ShouldBe(2);
        receipt.GetProperty("changes").GetRawText().ShouldBe("""{"attributes":{"description":{"before":"old","after":"new"}},"labels":{"before":[],"after":["gold"]}}""");
        receipt.GetProperty("events").GetRawText().ShouldBe($$"""[{"sequence":{{save.Event("UPDATE orders").Sequence}},"operationType":"ENTITY_UPDATE"}]""");
    }

    [Fact]
    public async Task An_unchanged_asset_has_its_version_and_no_event()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.SaveWith(Receipts, [orders.ByGuid("-7")]);

        save.ShouldChangeNothing();
        var receipt = save.Receipts.ShouldHaveSingleItem();
        receipt.GetProperty("requestGuid").GetString().ShouldBe("-7");
        receipt.GetProperty("version").GetInt64().ShouldBe(1);
        receipt.GetProperty("changes").GetRawText().ShouldBe("{}");
        receipt.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_passed_over_is_named()
    {
        var orders = Table("orders").With("descripton", "a slip").With("__hasLineage", true).Relating("colums", new JsonArray())
            .Set("createdBy", "somebody").Set("version", 7).Set("status", "DELETED");

        var receipt = (await Catalog.SaveWith(Receipts, [orders])).Receipts.ShouldHaveSingleItem();

        Texts(receipt, "ignored").ShouldBe(["createdBy", "version", "status", "__hasLineage"]);
        Texts(receipt, "unknown").ShouldBe(["descripton", "colums"]);
    }

    [Fact]
    public async Task An_archiving_has_receipts_of_what_was_named_first()
    {
        var (glossary, term) = await HaveTerm("revenue");
        await Catalog.Delete(term);

        var again = await Catalog.DeleteWith(term, Receipts);
        var whole = await Catalog.DeleteWith(glossary, Receipts);

        again.Receipts.ShouldHaveSingleItem().GetProperty("verdict").GetString().ShouldBe("NOOP");
        whole.Receipts.ShouldHaveSingleItem().GetProperty("changes").GetProperty("status").GetRawText().ShouldBe("""{"before":"ACTIVE","after":"DELETED"}""");
    }

    [Fact]
    public async Task A_restoring_and_a_partial_update_have_receipts_too()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var restored = await Catalog.SaveWith(Receipts, [orders.Restored()]);
        var updated = await Catalog.SavePartiallyWith(orders, orders.With("description", "new"), Receipts);

        restored.Receipts.ShouldHaveSingleItem().GetProperty("changes").GetRawText().ShouldBe("""{"status":{"before":"DELETED","after":"ACTIVE"}}""");
        updated.Verdicts.ShouldBe(["UPDATE orders"]);
    }

    [Fact]
    public async Task Without_being_asked_for_there_are_none()
    {
        var save = await Catalog.SaveWith("receipts=false", [Table("orders")]);

        save.ShouldTell("CREATE orders");
        save.Body.TryGetProperty("receipts", out _).ShouldBeFalse();
    }

    private static List<string> Texts(JsonElement receipt, string member) => [.. receipt.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];
}
