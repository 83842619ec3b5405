using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>
/// What other catalogs are known not to tell, to tell too much, or to tell wrongly when assets are archived, purged and restored;
/// here each is shown not to be so.
/// </summary>
public sealed class DeletionDefectScenarios(CatalogServer server) : Scenario(server)
{
    private const int Neighbours = 10_050;

    [Fact]
    public async Task An_edit_of_an_archived_asset_is_told_and_listed()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var save = await Catalog.Save(orders.With("description", "late"));

        save.ShouldTell("UPDATE orders");
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["description"]);
    }

    [Fact]
    public async Task An_administrators_purge_is_told()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        (await Catalog.PurgeArchived(orders)).ShouldTell("DELETE orders");
    }

    [Fact]
    public async Task A_purge_of_a_connection_is_told_for_each_asset()
    {
        var connection = await Catalog.Have(Catalog.Draft("Connection", "warehouse"));
        await Catalog.Have(Catalog.Draft("Table", "warehouse/orders"));

        var (_, events) = await Catalog.DeleteConnection(connection, "PURGE");

        events.Select(told => told.Line).ShouldBe(["DELETE warehouse/orders", "DELETE warehouse"]);
    }

    [Fact]
    public async Task A_neighbour_of_a_deleted_asset_is_told_what_it_lost_and_has_a_new_version()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        var told = (await Catalog.Delete(id)).Event("UPDATE orders");

        told.Removed("columns").ShouldBe([id.Guid]);
        told.Version.ShouldBe(3);
        told.ChangedAttributes.ShouldBeEmpty();
        (await Catalog.Get(orders)).GetProperty("updateTime").GetInt64().ShouldBe(told.Message.GetProperty("eventTime").GetInt64());
    }

    [Fact]
    public async Task A_neighbour_whose_relationship_was_suspended_already_is_not_touched()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(id);
        var stamp = await StampOf(orders);

        (await Catalog.DeleteAs("PURGE", id)).ShouldTell("DELETE id");

        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Fact]
    public async Task The_other_ends_of_inputs_and_outputs_are_told_of_a_restore()
    {
        var source = await Catalog.Have(Table("source"));
        var target = await Catalog.Have(Table("target"));
        var load = await Catalog.Have(Process("load").Linked("inputs", source).Linked("outputs", target));
        await Catalog.Delete(load);

        var restore = await Catalog.Restore(load);

        restore.ShouldTell("UPDATE load", "UPDATE source", "UPDATE target");
        restore.Event("UPDATE load").Added("inputs").ShouldBe([source.Guid]);
        restore.Event("UPDATE target").Added("outputFromProcesses").ShouldBe([load.Guid]);
    }

    [Fact]
    public async Task A_restore_by_guid_tells_the_neighbours_too()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));
        await Catalog.Delete(total);

        (await Catalog.Restore(total)).ShouldTell("UPDATE total", "UPDATE revenue");
    }

    [Fact]
    public async Task A_delete_shows_the_attributes_that_other_events_show()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders").With("rowCount", 7));

        var entity = (await Catalog.DeleteAs("PURGE", orders)).Event("DELETE orders").Entity;

        entity.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Orders");
        entity.GetProperty("attributes").GetProperty("rowCount").GetInt64().ShouldBe(7);
        entity.GetProperty("displayText").GetString().ShouldBe("orders");
        entity.GetProperty("createdBy").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_delete_says_what_was_before()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        var told = (await Catalog.DeleteAs("HARD", id)).Event("DELETE id");

        told.Before.GetProperty("status").GetString().ShouldBe("ACTIVE");
        told.Before.GetProperty("relationshipAttributes").GetProperty("table").GetProperty("guid").GetString().ShouldBe(orders.Guid);
        var lost = told.After.GetProperty("removedRelationshipAttributes").GetProperty("table");
        lost.GetProperty("typeName").GetString().ShouldBe("Table");
        lost.GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe(orders.QualifiedName);
    }

    [Fact]
    public async Task Neighbours_are_told_however_many_they_are()
    {
        var orders = await Catalog.Have(Table("orders"));
        foreach (var chunk in Enumerable.Range(0, Neighbours).Chunk(5_000))
        {
            var columns = chunk.Select(number => Column($"c{number}").In("table", orders).Json);
            (await Catalog.Send(HttpMethod.Post, "/api/meta/entity/bulk", new JsonObject { ["entities"] = new JsonArray([.. columns]) }.ToJsonString())).Success();
        }

        var delete = await Catalog.Delete(orders);

        delete.Events.Count.ShouldBe(Neighbours + 1);
        delete.Events.Count(told => told.Removed("table").Count == 1).ShouldBe(Neighbours);
        delete.Events[^1].Line.ShouldBe("DELETE orders");
    }

    [Fact]
    public async Task A_restored_part_does_not_come_back_because_its_owner_does()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(revenue);
        await Catalog.Delete(glossary);
        var stamp = await StampOf(revenue);

        await Catalog.Save(glossary.Restored());

        (await StampOf(revenue)).ShouldBe(stamp);
    }
}
