using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What saves do to archived assets and to relationships that are suspended with them.</summary>
public sealed class ArchivedAssetScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_save_over_an_archived_asset_applies_and_leaves_it_archived()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var save = await Catalog.Save(orders.With("rowCount", 5));

        save.ShouldTell("UPDATE orders");
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
        save.Event("UPDATE orders").Entity.GetProperty("status").GetString().ShouldBe("DELETED");
        save.Event("UPDATE orders").Version.ShouldBe(3);
    }

    [Fact]
    public async Task An_unchanged_save_over_an_archived_asset_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        (await Catalog.Save(orders)).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_save_of_a_name_that_is_archived_makes_no_second_asset()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var save = await Catalog.Save(Table("orders").ByGuid("-1").With("rowCount", 1));

        save.GuidOf("-1").ShouldBe(orders.Guid);
    }

    [Fact]
    public async Task A_reference_to_an_archived_asset_is_recorded_and_told_to_nobody()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var save = await Catalog.Save(Column("id").In("table", orders));

        save.ShouldTell("CREATE id");
        save.Event("CREATE id").After.TryGetProperty("relationshipAttributes", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_save_that_only_refers_to_an_archived_asset_lists_no_asset_as_changed()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id"));
        await Catalog.Delete(orders);

        (await Catalog.SaveWith("dryRun=true", [id.In("table", orders)])).ShouldChangeNothing();
        (await Catalog.SavePartially(id, id.In("table", orders))).ShouldChangeNothing();

        (await Catalog.Save(orders.Restored())).ShouldTell("UPDATE orders", "UPDATE id");
    }

    [Fact]
    public async Task A_relationship_recorded_with_an_archived_asset_lives_when_that_is_restored()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);
        var id = await Catalog.Have(Column("id").In("table", orders));

        var save = await Catalog.Save(orders.Restored());

        save.ShouldTellInOrder("UPDATE orders", "UPDATE id");
        save.Event("UPDATE id").Added("table").ShouldBe([orders.Guid]);
    }

    [Fact]
    public async Task Reads_mark_a_suspended_relationship()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        await Catalog.Delete(orders);

        var table = (await Catalog.Get(id)).GetProperty("relationshipAttributes").GetProperty("table");
        table.GetProperty("entityStatus").GetString().ShouldBe("DELETED");
        table.GetProperty("relationshipStatus").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task A_reference_to_the_archived_parent_that_stands_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(orders);

        (await Catalog.Save(id)).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_new_parent_takes_the_place_of_an_archived_one()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        var sales = await Catalog.Have(Table("sales"));
        await Catalog.Delete(orders);

        (await Catalog.Save(id.In("table", sales))).ShouldTellInOrder("UPDATE id", "UPDATE sales");

        (await Catalog.Save(orders.Restored())).ShouldTell("UPDATE orders");
        (await Catalog.Ends(id, "table")).ShouldBe([sales.Guid]);
    }
}
