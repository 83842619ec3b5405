using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>The same change tells the same event, whichever endpoint it comes through.</summary>
public sealed class EntryPointScenarios(CatalogServer server) : Scenario(server)
{
    private enum Door
    {
        Bulk,
        Single,
        Partial,
    }

    [Fact]
    public async Task An_attribute_change_tells_the_same_through_every_endpoint() =>
        await ShouldTellTheSame(orders => orders.With("description", "All orders").With("rowCount", 3));

    [Fact]
    public async Task A_cleared_attribute_tells_the_same_through_every_endpoint() =>
        await ShouldTellTheSame(orders => orders.With("alias", null));

    [Fact]
    public async Task A_certificate_tells_the_same_through_every_endpoint() =>
        await ShouldTellTheSame(orders => orders.With("certificateStatus", "VERIFIED"));

    [Fact]
    public async Task A_term_link_tells_the_same_through_every_endpoint() =>
        await ShouldTellTheSame(await LinkedTo("revenue"), afterwards: orders => Catalog.Delete(orders));

    [Fact]
    public async Task Labels_and_custom_attributes_tell_the_same_through_every_endpoint() =>
        await ShouldTellTheSame(orders => orders.Labelled("gold").Set("customAttributes", new JsonObject { ["team"] = "a" }));

    [Fact]
    public async Task An_unchanged_save_is_silent_through_every_endpoint()
    {
        var orders = await Catalog.Have(Table("orders").With("alias", "o"));

        foreach (var door in Enum.GetValues<Door>())
        {
            (await Send(door, orders, orders)).ShouldChangeNothing();
        }
    }

    [Fact]
    public async Task A_partial_save_is_answered_as_a_partial_update()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.SavePartially(orders, orders.With("rowCount", 1));

        save.ShouldTell("UPDATE orders");
        save.Mutated("PARTIAL_UPDATE").ShouldBe([orders.Guid]);
        save.Mutated("UPDATE").ShouldBeEmpty();
        save.Body.GetProperty("partialUpdatedEntities").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_partial_save_needs_no_mandatory_attributes()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.SavePartially(orders, new AssetDraft("Table", orders.QualifiedName, "orders").Set("attributes", new JsonObject { ["rowCount"] = 1 })))
            .ShouldTell("UPDATE orders");
    }

    [Fact]
    public async Task A_partial_save_of_an_asset_that_is_not_there_is_refused() =>
        (await Catalog.SavePartially(Table("nobody"), Table("nobody"))).ShouldBeRefused(404, "ATLAS-404-00-009", "Table");

    [Fact]
    public async Task A_restore_tells_the_same_in_bulk_and_alone()
    {
        var (first, second) = (await Catalog.Have(Table("first")), await Catalog.Have(Table("second")));
        await Catalog.Delete(first, second);

        (await Catalog.Save(first.Restored())).ShouldTell("UPDATE first");
        (await Catalog.SaveSingle(second.Restored())).ShouldTell("UPDATE second");
    }

    private async Task ShouldTellTheSame(Func<AssetDraft, AssetDraft> change, Func<AssetDraft, Task>? afterwards = null)
    {
        var told = new List<string>();
        foreach (var door in Enum.GetValues<Door>())
        {
            var orders = await Catalog.Have(Catalog.Draft("Table", $"orders{door}").With("alias", "o"));
            var save = await Send(door, orders, change(orders));
            save.ShouldSucceed();
            told.Add(string.Join('\n', save.Events.Select(item => Comparable(item, orders))));
            await (afterwards?.Invoke(orders) ?? Task.CompletedTask);
        }

        told[0].ShouldNotBeEmpty();
        told.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    private async Task<Func<AssetDraft, AssetDraft>> LinkedTo(string term)
    {
        var (_, made) = await HaveTerm(term);
        return orders => orders.Linked("meanings", made);
    }

    private Task<Outcome> Send(Door door, AssetDraft target, AssetDraft draft) => door switch
    {
        Door.Bulk => Catalog.Save(draft),
        Door.Single => Catalog.SaveSingle(draft),
        _ => Catalog.SavePartially(target, draft),
    };

    /// <summary>What an event says, without what differs from one asset and one moment to the next.</summary>
    private static string Comparable(ToldEvent told, AssetDraft orders)
    {
        var changed = JsonNode.Parse(told.After.GetRawText())!;
        return $"{told.Message.GetProperty("operationType")} {told.Entity.GetProperty("typeName")} {Masked(changed, orders)}";
    }

    private static string Masked(JsonNode node, AssetDraft orders) => node switch
    {
        JsonObject json => string.Join(',', json.Select(member => member.Key is "guid" or "updateTime" or "version" or "certificateUpdatedAt" or "qualifiedName"
            ? member.Key
            : $"{member.Key}={(member.Value is null ? "null" : Masked(member.Value, orders))}")),
        JsonArray list => string.Join(';', list.Select(item => Masked(item!, orders))),
        _ => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>().Replace(orders.QualifiedName, "", StringComparison.Ordinal) : node.ToJsonString(),
    };
}
