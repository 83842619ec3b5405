using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when assets are archived.</summary>
public sealed class AssetDeletedScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task An_archived_asset_is_told_as_deleted()
    {
        var orders = await Catalog.Have(Table("orders"));

        var delete = await Catalog.Delete(orders);

        delete.ShouldTell("DELETE orders");
        delete.Mutated("DELETE").ShouldBe([orders.Guid]);
        var told = delete.Event("DELETE orders");
        told.Entity.GetProperty("status").GetString().ShouldBe("DELETED");
        told.Entity.GetProperty("deleteHandler").GetString().ShouldBe("DEFAULT");
        told.Version.ShouldBe(2);
    }

    [Fact]
    public async Task An_archived_asset_is_still_read()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));

        await Catalog.Delete(orders);

        var entity = (await Catalog.GetByName(orders)).Success().GetProperty("entity");
        entity.GetProperty("status").GetString().ShouldBe("DELETED");
        entity.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Orders");
    }

    [Fact]
    public async Task Neighbours_that_stay_are_told_that_they_lost_a_relationship()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders).Linked("meanings", revenue));

        var delete = await Catalog.Delete(id);

        delete.ShouldTell("UPDATE orders", "UPDATE revenue", "DELETE id");
        delete.Events[^1].Line.ShouldBe("DELETE id");
        delete.Event("UPDATE orders").Removed("columns").ShouldBe([id.Guid]);
        delete.Event("UPDATE revenue").Removed("assignedEntities").ShouldBe([id.Guid]);
        delete.Mutated("UPDATE").ShouldBe([orders.Guid, revenue.Guid], ignoreOrder: true);
    }

    [Fact]
    public async Task Deleting_a_table_leaves_its_columns_and_tells_them()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Have(Column("total").In("table", orders));

        (await Catalog.Delete(orders)).ShouldTell("UPDATE id", "UPDATE total", "DELETE orders");
    }

    [Fact]
    public async Task Children_are_told_before_the_parent_that_is_deleted_with_them()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        var total = await Catalog.Have(Column("total").In("table", orders));

        var delete = await Catalog.Delete(orders, id, total);

        delete.ShouldTell("DELETE id", "DELETE total", "DELETE orders");
        delete.Events[^1].Line.ShouldBe("DELETE orders");
    }

    [Fact]
    public async Task A_whole_tree_is_told_from_its_leaves_up()
    {
        var database = await Catalog.Have(Catalog.Draft("Database", "shop"));
        var schema = await Catalog.Have(Catalog.Draft("Schema", "public").In("database", database));
        var orders = await Catalog.Have(Table("orders").In("atlanSchema", schema));
        var id = await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.Delete(database, orders, schema, id)).ShouldTellInOrder("DELETE id", "DELETE orders", "DELETE public", "DELETE shop");
    }

    [Fact]
    public async Task A_second_delete_is_silent()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);
        var stamp = await StampOf(orders);

        var again = await Catalog.Delete(orders);

        again.ShouldTell();
        again.Mutated("DELETE").ShouldBeEmpty();
        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Fact]
    public async Task An_unknown_guid_is_answered_with_nothing()
    {
        var delete = await Catalog.DeleteByGuid("0190a1b2-0000-7000-8000-000000000000");

        delete.ShouldTell();
        delete.Body.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task An_unknown_guid_beside_a_known_one_is_passed_over()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Delete(Table("nobody").Known("0190a1b2-0000-7000-8000-000000000000"), orders)).ShouldTell("DELETE orders");
    }

    [Fact]
    public async Task An_asset_is_deleted_once_however_often_it_is_named()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Delete(orders, orders)).ShouldTell("DELETE orders");
    }

    [Fact]
    public async Task Deleting_a_glossary_archives_its_terms()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        var delete = await Catalog.Delete(glossary);

        delete.ShouldTell("UPDATE total", "DELETE revenue", "DELETE profit", "DELETE glossary");
        delete.Events[^1].Line.ShouldBe("DELETE glossary");
        (await Catalog.Get(profit)).GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Deletes_by_guid_in_bulk_and_by_name_tell_the_same()
    {
        var first = await Catalog.Have(Table("first"));
        var second = await Catalog.Have(Table("second"));
        var third = await Catalog.Have(Table("third"));

        (await Catalog.DeleteByGuid(first.Guid)).ShouldTell("DELETE first");
        (await Catalog.Delete(second)).ShouldTell("DELETE second");
        (await Catalog.DeleteByName(third)).ShouldTell("DELETE third");
    }
}
