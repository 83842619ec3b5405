using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when archived assets come back.</summary>
public sealed class RestoreScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_restored_asset_is_told_as_updated_with_its_status()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var save = await Catalog.Save(orders.Restored());

        save.ShouldTell("UPDATE orders");
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
        var told = save.Event("UPDATE orders");
        told.Entity.GetProperty("status").GetString().ShouldBe("ACTIVE");
        told.After.GetProperty("status").GetString().ShouldBe("ACTIVE");
        told.Before.GetProperty("status").GetString().ShouldBe("DELETED");
        told.Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_restored_asset_keeps_its_guid_and_its_state()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));
        await Catalog.Delete(orders);

        await Catalog.Save(Table("orders").Restored());

        var entity = await Catalog.Get(orders);
        entity.GetProperty("status").GetString().ShouldBe("ACTIVE");
        entity.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Orders");
    }

    [Fact]
    public async Task Changes_that_come_with_a_restore_are_told_in_the_same_event()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var told = (await Catalog.Save(orders.Restored().With("rowCount", 9))).Event("UPDATE orders");

        told.ChangedAttributes.ShouldBe(["rowCount"]);
        told.After.GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Neighbours_are_told_of_relationships_that_live_again()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders).Linked("meanings", revenue));
        await Catalog.Delete(id);

        var save = await Catalog.Save(Column("id").Restored());

        save.ShouldTell("UPDATE id", "UPDATE orders", "UPDATE revenue");
        save.Event("UPDATE id").Added("table").ShouldBe([orders.Guid]);
        save.Event("UPDATE orders").Added("columns").ShouldBe([id.Guid]);
        save.Event("UPDATE revenue").Added("assignedEntities").ShouldBe([id.Guid]);
    }

    [Fact]
    public async Task Restoring_does_not_restore_neighbours()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(orders, id);

        (await Catalog.Save(Column("id").Restored())).ShouldTell("UPDATE id");

        (await Catalog.Get(orders)).GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Restoring_an_asset_in_use_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.Restored())).ShouldChangeNothing();
    }

    [Fact]
    public async Task Restoring_a_glossary_restores_its_terms()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(glossary);

        (await Catalog.Save(glossary.Restored())).ShouldTell("UPDATE glossary", "UPDATE revenue");

        (await Catalog.Get(revenue)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Restoring_by_guid_tells_the_same_as_saving_with_the_status()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(id);

        var restore = await Catalog.Restore(id);

        restore.ShouldTellInOrder("UPDATE id", "UPDATE orders");
        restore.Mutated("UPDATE").ShouldBe([id.Guid, orders.Guid]);
        restore.Event("UPDATE id").After.GetProperty("status").GetString().ShouldBe("ACTIVE");
        restore.Event("UPDATE id").Added("table").ShouldBe([orders.Guid]);
        restore.Event("UPDATE orders").Added("columns").ShouldBe([id.Guid]);
    }

    [Fact]
    public async Task Restoring_by_guid_what_is_in_use_purged_or_unknown_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        var gone = await Catalog.Have(Table("gone"));
        await Catalog.DeleteAs("PURGE", gone);

        var restore = await Catalog.Restore(orders, gone, Table("nobody").Known("0190a1b2-0000-7000-8000-000000000000"));

        restore.ShouldTell();
        restore.Body.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task Parts_that_were_archived_on_their_own_stay_archived_when_their_owner_comes_back()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        await Catalog.Delete(profit);
        await Catalog.Delete(glossary);

        (await Catalog.Restore(glossary)).ShouldTell("UPDATE glossary", "UPDATE revenue");

        (await Catalog.Get(revenue)).GetProperty("status").GetString().ShouldBe("ACTIVE");
        (await Catalog.Get(profit)).GetProperty("status").GetString().ShouldBe("DELETED");
        (await Catalog.Restore(profit)).ShouldTell("UPDATE profit", "UPDATE glossary");
    }

    [Fact]
    public async Task Parts_that_were_changed_while_they_were_archived_come_back_with_their_owner()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(glossary);
        await Catalog.Save(revenue.With("description", "changed"));

        (await Catalog.Restore(glossary)).ShouldTell("UPDATE glossary", "UPDATE revenue");
    }

    [Fact]
    public async Task A_slot_that_was_taken_meanwhile_stays_with_who_has_it()
    {
        var orders = await Catalog.Have(Table("orders"));
        var sales = await Catalog.Have(Table("sales"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(orders);
        await Catalog.Save(id.In("table", sales));

        (await Catalog.Restore(orders)).ShouldTell("UPDATE orders");

        (await Catalog.Ends(id, "table")).ShouldBe([sales.Guid]);
        (await Catalog.Ends(orders, "columns")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_was_taken_meanwhile_keeps_a_term_archived()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        await Catalog.Delete(revenue);
        await Catalog.Have(Term("revenue").In("anchor", glossary));

        (await Catalog.Restore(revenue)).ShouldBeRefused(409, "ATLAS-409-00-009");
    }

    [Fact]
    public async Task A_restored_process_has_its_inputs_and_outputs_again()
    {
        var source = await Catalog.Have(Table("source"));
        var target = await Catalog.Have(Table("target"));
        var load = await Catalog.Have(Process("load").Linked("inputs", source).Linked("outputs", target));
        await Catalog.Delete(load);

        var save = await Catalog.Save(Process("load").Restored());

        save.ShouldTell("UPDATE load", "UPDATE source", "UPDATE target");
        save.Event("UPDATE source").Added("inputToProcesses").ShouldBe([load.Guid]);
        save.Event("UPDATE source").AfterOf("__hasLineage").ShouldBe("true");
    }
}
