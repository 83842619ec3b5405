using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when assets are deleted for good, and what is left of them.</summary>
public sealed class PurgeScenarios(CatalogServer server) : Scenario(server)
{
    [Theory]
    [InlineData("HARD")]
    [InlineData("PURGE")]
    [InlineData("purge")]
    public async Task A_purged_asset_is_told_as_deleted_and_is_gone(string deleteType)
    {
        var orders = await Catalog.Have(Table("orders"));

        var delete = await Catalog.DeleteAs(deleteType, orders);

        delete.ShouldTell("DELETE orders");
        delete.Mutated("DELETE").ShouldBe([orders.Guid]);
        delete.Body.GetProperty("mutatedEntities").GetProperty("DELETE")[0].GetProperty("status").GetString().ShouldBe("DELETED");
        var told = delete.Event("DELETE orders");
        told.Entity.GetProperty("status").GetString().ShouldBe("DELETED");
        told.Entity.GetProperty("deleteHandler").GetString().ShouldBe(deleteType.ToUpperInvariant());
        told.Version.ShouldBe(2);
        var read = await Catalog.GetWith(orders);
        read.Status.ShouldBe(404);
        read.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-404-00-005");
        (await Catalog.GetByName(orders)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_name_of_a_purged_asset_is_free()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.DeleteAs("PURGE", orders);

        var save = await Catalog.Save(Table("orders").ByGuid("-1"));

        save.ShouldTell("CREATE orders");
        save.GuidOf("-1").ShouldNotBe(orders.Guid);
        save.Event("CREATE orders").Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_purge_of_an_archived_asset_is_a_second_delete_event()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var purge = await Catalog.DeleteAs("PURGE", orders);

        purge.ShouldTell("DELETE orders");
        purge.Mutated("DELETE").ShouldBe([orders.Guid]);
        purge.Event("DELETE orders").Version.ShouldBe(3);
        purge.Event("DELETE orders").Entity.GetProperty("deleteHandler").GetString().ShouldBe("PURGE");
    }

    [Fact]
    public async Task A_hard_delete_leaves_what_is_archived_already()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Delete(orders);

        var delete = await Catalog.DeleteAs("HARD", orders);

        delete.ShouldTell();
        delete.Body.GetRawText().ShouldBe("{}");
        (await Catalog.Get(orders)).GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Theory]
    [InlineData("SOFT")]
    [InlineData("HARD")]
    [InlineData("PURGE")]
    public async Task A_repeated_purge_is_silent(string deleteType)
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.DeleteAs("PURGE", orders);

        var again = await Catalog.DeleteAs(deleteType, orders);

        again.ShouldTell();
        again.Body.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task Neighbours_that_stay_are_told_once()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders).Linked("meanings", revenue));
        var total = await Catalog.Have(Column("total").In("table", orders).Linked("meanings", revenue));

        var purge = await Catalog.DeleteAs("PURGE", id, total);

        purge.ShouldTell("UPDATE orders", "UPDATE revenue", "DELETE id", "DELETE total");
        purge.Event("UPDATE orders").Removed("columns").ShouldBe([id.Guid, total.Guid], ignoreOrder: true);
        purge.Event("UPDATE revenue").Removed("assignedEntities").ShouldBe([id.Guid, total.Guid], ignoreOrder: true);
        purge.Event("DELETE id").Removed("table").ShouldBe([orders.Guid]);
        (await Catalog.Ends(orders, "columns")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_told_of_relationships_that_were_suspended_already()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(orders);

        (await Catalog.DeleteAs("PURGE", orders)).ShouldTell("DELETE orders");

        (await Catalog.Ends(id, "table")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parts_go_with_their_owner_archived_ones_too()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        await Catalog.Delete(profit);

        var delete = await Catalog.DeleteAs("HARD", glossary);

        delete.ShouldTell("DELETE revenue", "DELETE profit", "DELETE glossary");
        delete.Events[^1].Line.ShouldBe("DELETE glossary");
        (await Catalog.GetWith(revenue)).Status.ShouldBe(404);
        (await Catalog.GetWith(profit)).Status.ShouldBe(404);
        (await Catalog.Save(Glossary("glossary"))).ShouldTell("CREATE glossary");
    }

    [Fact]
    public async Task Purging_a_table_leaves_its_columns()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.DeleteAs("PURGE", orders)).ShouldTell("UPDATE id", "DELETE orders");

        (await Catalog.Get(id)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Lineage_ends_with_a_purged_process()
    {
        var source = await Catalog.Have(Table("source"));
        var target = await Catalog.Have(Table("target"));
        var load = await Catalog.Have(Process("load").Linked("inputs", source).Linked("outputs", target));

        var purge = await Catalog.DeleteAs("PURGE", load);

        purge.ShouldTell("UPDATE source", "UPDATE target", "DELETE load");
        purge.Event("UPDATE source").AfterOf("__hasLineage").ShouldBe("false");
        purge.Event("UPDATE source").Removed("inputToProcesses").ShouldBe([load.Guid]);
    }

    [Fact]
    public async Task A_reference_to_a_purged_asset_is_refused()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.DeleteAs("PURGE", orders);

        (await Catalog.Save(Column("id").Relating("table", orders.GuidReference))).ShouldBeRefused(404, "ATLAS-404-00-00A");
        (await Catalog.Save(orders.ByGuid())).ShouldBeRefused(404, "ATLAS-404-00-00A");
    }

    [Fact]
    public async Task The_past_of_a_purged_asset_is_read_by_its_guid()
    {
        var orders = await Catalog.Have(Table("orders").With("description", "Orders"));
        await Catalog.DeleteAs("PURGE", orders);

        var then = (await Catalog.GetVersion(orders, 1)).Success().GetProperty("entity");
        then.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Orders");
        then.GetProperty("status").GetString().ShouldBe("ACTIVE");

        var end = await Catalog.GetVersion(orders, 2);
        end.Status.ShouldBe(404);
        end.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-404-00-003");
        end.Body.GetProperty("errorMessage").GetString()!.ShouldContain("it was purged at");
        var versions = (await Catalog.Send(HttpMethod.Get, $"/api/meta/entity/guid/{orders.Guid}/versions", json: null)).Success();
        versions.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt64()).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Deletes_by_a_list_of_names_pass_over_names_that_nobody_has()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.DeleteListed("PURGE", Table("nobody"), orders, id)).ShouldTellInOrder("DELETE id", "DELETE orders");
        (await Catalog.DeleteListed("SOFT", Table("nobody"))).ShouldTell();
        (await Catalog.DeleteListed("SOFT", Catalog.Draft("Nothing", "x"))).ShouldBeRefused(400, "ATLAS-400-00-014");
    }

    [Fact]
    public async Task An_administrator_purges_archived_assets_and_no_others()
    {
        var orders = await Catalog.Have(Table("orders"));
        var sales = await Catalog.Have(Table("sales"));
        await Catalog.Delete(orders);

        var purge = await Catalog.PurgeArchived(orders, sales);

        purge.ShouldTell("DELETE orders");
        purge.Event("DELETE orders").Entity.GetProperty("deleteHandler").GetString().ShouldBe("PURGE");
        (await Catalog.GetWith(orders)).Status.ShouldBe(404);
        (await Catalog.Get(sales)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_purge_on_trial_does_nothing_and_says_what_it_would_do()
    {
        var orders = await Catalog.Have(Table("orders"));

        var trial = await Catalog.DeleteWith(orders, "deleteType=PURGE&dryRun=true");

        trial.ShouldTell();
        trial.Body.GetProperty("events")[0].GetProperty("message").GetProperty("entity").GetProperty("deleteHandler").GetString().ShouldBe("PURGE");
        (await Catalog.Get(orders)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_purge_on_condition_of_an_older_version_is_refused()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(orders.With("rowCount", 1));

        (await Catalog.DeleteWith(orders, "deleteType=PURGE", new KeyValuePair<string, string>("If-Match", "\"1\""))).ShouldBeRefused(412, "CARTULARY-412-00-001");
    }
}
