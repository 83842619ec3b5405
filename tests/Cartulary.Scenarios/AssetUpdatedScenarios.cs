using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when assets are updated, and when they are saved without a change.</summary>
public sealed class AssetUpdatedScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task An_asset_that_changes_is_told_once_with_what_changed()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));

        var save = await Catalog.Save(orders.With("description", "All orders").With("rowCount", 7));

        save.ShouldTell("UPDATE orders");
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["description", "rowCount"]);
    }

    [Fact]
    public async Task An_update_tells_the_values_before_and_after()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));

        var told = (await Catalog.Save(orders.With("description", "All orders").With("rowCount", 7))).Event("UPDATE orders");

        told.BeforeOf("description").ShouldBe("\"Orders\"");
        told.AfterOf("description").ShouldBe("\"All orders\"");
        told.BeforeOf("rowCount").ShouldBe("null");
        told.AfterOf("rowCount").ShouldBe("7");
    }

    [Fact]
    public async Task A_cleared_attribute_is_told_as_null()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));

        var told = (await Catalog.Save(orders.With("description", null))).Event("UPDATE orders");

        told.AfterOf("description").ShouldBe("null");
        told.BeforeOf("description").ShouldBe("\"Orders\"");
    }

    [Fact]
    public async Task A_cleared_attribute_goes_back_to_the_default_of_its_type()
    {
        var id = await Catalog.Have(Column("id").With("isNullable", false));

        var told = (await Catalog.Save(id.With("isNullable", null))).Event("UPDATE id");

        told.AfterOf("isNullable").ShouldBe("true");
    }

    [Fact]
    public async Task Each_change_raises_the_version_by_one()
    {
        var orders = await Catalog.Have(Table("orders"));

        var first = await Catalog.Save(orders.With("rowCount", 1));
        var second = await Catalog.Save(orders.With("rowCount", 2));

        first.Event("UPDATE orders").Version.ShouldBe(2);
        second.Event("UPDATE orders").Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_payload_that_changes_nothing_is_no_change_and_is_not_told()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));
        var stamp = await StampOf(orders);

        var save = await Catalog.Save(orders.ByGuid("-7"));

        save.ShouldChangeNothing();
        save.GuidOf("-7").ShouldBe(orders.Guid);
        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Fact]
    public async Task Of_several_assets_only_those_that_change_are_told()
    {
        var orders = await Catalog.Have(Table("orders"));
        var customers = await Catalog.Have(Table("customers"));
        var stamp = await StampOf(customers);

        var save = await Catalog.Save(orders.With("rowCount", 1).ByGuid("-1"), customers.ByGuid("-2"));

        save.ShouldTell("UPDATE orders");
        save.GuidOf("-2").ShouldBe(customers.Guid);
        (await StampOf(customers)).ShouldBe(stamp);
    }

    [Fact]
    public async Task A_parent_that_already_stands_is_not_told_again()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        var stamp = await StampOf(orders);

        (await Catalog.Save(id.With("order", 3))).ShouldTell("UPDATE id");

        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Fact]
    public async Task A_child_that_already_stands_is_not_told_when_its_parent_changes()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.Save(orders.With("rowCount", 1).Linked("columns", id))).ShouldTell("UPDATE orders");
    }

    [Fact]
    public async Task A_term_linked_by_an_update_is_told_beside_the_asset()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var save = await Catalog.Save(total.Linked("meanings", revenue));

        save.ShouldTellInOrder("UPDATE total", "UPDATE revenue");
        save.Event("UPDATE total").Added("meanings").ShouldBe([revenue.Guid]);
        save.Event("UPDATE revenue").Added("assignedEntities").ShouldBe([total.Guid]);
    }

    [Fact]
    public async Task Updates_are_told_in_the_order_of_the_request_and_related_ones_after_them()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var b = await Catalog.Have(Table("b"));
        var a = await Catalog.Have(Table("a"));

        var save = await Catalog.Save(b.With("rowCount", 1), Table("new"), a.Linked("meanings", revenue));

        save.ShouldTellInOrder("CREATE new", "UPDATE b", "UPDATE a", "UPDATE revenue");
        save.Mutated("UPDATE").ShouldBe([b.Guid, a.Guid, revenue.Guid]);
    }

    [Fact]
    public async Task A_key_that_is_absent_says_nothing()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));

        (await Catalog.Save(Table("orders"))).ShouldChangeNothing();

        (await Catalog.Get(orders)).GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Orders");
    }

    [Fact]
    public async Task Status_deleted_in_a_request_never_archives()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.Set("status", "DELETED"))).ShouldChangeNothing();
    }
}
