using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when assets are created.</summary>
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

    [Fact]
    public async Task The_event_of_a_new_asset_holds_its_whole_state()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Column("id").With("order", 1).With("dataType", "INT").In("table", orders).Labelled("key"));

        var after = save.Event("CREATE id").After;
        after.GetProperty("attributes").GetProperty("order").GetInt32().ShouldBe(1);
        after.GetProperty("attributes").GetProperty("dataType").GetString().ShouldBe("INT");
        after.GetProperty("attributes").GetProperty("isNullable").GetBoolean().ShouldBeTrue("a default of the type is part of the state");
        after.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).ShouldBe(["key"]);
        after.GetProperty("relationshipAttributes").GetProperty("table").GetProperty("guid").GetString().ShouldBe(orders.Guid);
        after.GetProperty("relationshipAttributes").GetProperty("table").GetProperty("typeName").GetString().ShouldBe("Table");
    }

    [Fact]
    public async Task A_stored_parent_of_a_new_asset_is_told_that_it_gained_a_child()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Column("id").In("table", orders).ByGuid("-1"));

        save.ShouldTellInOrder("CREATE id", "UPDATE orders");
        save.Event("UPDATE orders").Added("columns").ShouldBe([save.GuidOf("-1")]);
        save.Event("UPDATE orders").ChangedAttributes.ShouldBeEmpty();
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
    }

    [Fact]
    public async Task A_parent_that_gains_several_children_is_told_once()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Column("id").In("table", orders), Column("total").In("table", orders), Column("note").In("table", orders));

        save.ShouldTellInOrder("CREATE id", "CREATE total", "CREATE note", "UPDATE orders");
        save.Event("UPDATE orders").Added("columns").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_parent_created_beside_its_children_is_only_told_as_created()
    {
        var save = await Catalog.Save(Table("orders"), Column("id").In("table", Table("orders")));

        save.ShouldTellInOrder("CREATE orders", "CREATE id");
    }

    [Fact]
    public async Task Creations_are_told_in_the_order_of_the_request()
    {
        var save = await Catalog.Save(Table("zebra"), Table("apple"), Table("mango"));

        save.ShouldTellInOrder("CREATE zebra", "CREATE apple", "CREATE mango");
    }

    [Fact]
    public async Task An_event_names_the_asset_that_a_related_one_follows_from()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(Column("id").In("table", orders).ByGuid("-1"));

        var cause = save.Event("UPDATE orders").Message.GetProperty("cause");
        cause.GetProperty("guid").GetString().ShouldBe(save.GuidOf("-1"));
        cause.GetProperty("sequence").GetInt64().ShouldBe(save.Event("CREATE id").Sequence);
    }

    [Fact]
    public async Task The_events_of_one_save_share_its_id_and_its_time()
    {
        var save = await Catalog.Save(Table("orders"), Table("customers"));

        save.Events.Select(told => told.Message.GetProperty("saveId").GetString()).Distinct().ShouldHaveSingleItem();
        save.Events.Select(told => told.Message.GetProperty("eventTime").GetInt64()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_new_asset_with_a_term_tells_the_term_too()
    {
        var (_, revenue) = await HaveTerm("revenue");

        var save = await Catalog.Save(Column("total").Linked("meanings", revenue).ByGuid("-1"));

        save.ShouldTellInOrder("CREATE total", "UPDATE revenue");
        save.Event("UPDATE revenue").Added("assignedEntities").ShouldBe([save.GuidOf("-1")]);
    }

    [Fact]
    public async Task A_new_asset_is_read_as_it_was_told()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "All orders").With("rowCount", 42));

        var entity = await Catalog.Get(orders);

        entity.GetProperty("status").GetString().ShouldBe("ACTIVE");
        entity.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("All orders");
        entity.GetProperty("attributes").GetProperty("rowCount").GetInt64().ShouldBe(42);
        entity.GetProperty("version").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Status_deleted_in_a_request_does_not_archive_what_is_created()
    {
        var save = await Catalog.Save(Table("orders").Set("status", "DELETED"));

        save.ShouldTell("CREATE orders");
        save.Event("CREATE orders").Entity.GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Attributes_that_the_type_does_not_have_are_passed_over()
    {
        var save = await Catalog.Save(Table("orders").With("colour", "red"));

        save.ShouldTell("CREATE orders");
        save.Event("CREATE orders").After.GetProperty("attributes").TryGetProperty("colour", out _).ShouldBeFalse();
    }
}
