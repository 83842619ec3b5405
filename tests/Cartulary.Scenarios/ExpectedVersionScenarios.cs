using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A save on condition of a version is refused when somebody else was faster, and told what the asset is now.</summary>
public sealed class ExpectedVersionScenarios(CatalogServer server) : Scenario(server)
{
    private const string Mismatch = "CARTULARY-412-00-001";

    [Fact]
    public async Task A_save_of_the_present_version_is_taken()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.With("description", "new").Set("expectedVersion", 1))).ShouldTell("UPDATE orders");
    }

    [Fact]
    public async Task A_save_of_an_old_version_is_refused_and_shows_the_asset_as_it_is()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(orders.With("description", "theirs"));

        var save = await Catalog.Save(Table("bills"), orders.With("description", "mine").Set("expectedVersion", 1));

        save.ShouldBeRefused(412, Mismatch);
        var problem = save.Body.GetProperty("problems")[0];
        problem.GetProperty("path").GetString().ShouldBe("entities[1].expectedVersion");
        problem.GetProperty("expectedVersions").GetRawText().ShouldBe("[1]");
        problem.GetProperty("presentVersion").GetInt64().ShouldBe(2);
        problem.GetProperty("entity").GetProperty("attributes").GetProperty("description").GetString().ShouldBe("theirs");
        problem.GetProperty("entity").GetProperty("version").GetInt64().ShouldBe(2);
        (await Catalog.GetByName(Table("bills"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_relationship_gained_in_between_counts_as_a_change()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("total").In("table", orders));

        (await Catalog.Save(orders.With("description", "mine").Set("expectedVersion", 1))).ShouldBeRefused(412, Mismatch);
    }

    [Fact]
    public async Task Version_zero_means_that_the_asset_must_not_exist()
    {
        (await Catalog.Save(Table("orders").Set("expectedVersion", 0))).ShouldTell("CREATE orders");
        (await Catalog.Save(Table("orders").Set("expectedVersion", 0))).ShouldBeRefused(412, Mismatch);
        (await Catalog.Save(Table("bills").Set("expectedVersion", 3))).ShouldBeRefused(412, Mismatch);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("[]")]
    public async Task What_is_no_version_is_a_mistake(string version)
    {
        var save = await Catalog.SaveText($$$"""{"entities":[{"typeName":"Table","expectedVersion":{{{version}}},"attributes":{"qualifiedName":"{{{Catalog.Scenario}}}/t","name":"t"}}]}""");

        save.ShouldBeRefused(400, "ATLAS-400-00-029");
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("\"7\", \"1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("W/\"1\"", 412)]
    [InlineData("\"one\"", 412)]
    [InlineData("1", 400)]
    [InlineData("", 400)]
    public async Task If_Match_goes_with_a_save_of_one_asset(string value, int status)
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.SaveSingleWith(orders.With("description", "new"), IfMatch(value));

        save.Status.ShouldBe(status, save.Body.GetRawText());
        save.Events.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task If_Match_goes_with_partial_updates_and_archivings()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.SavePartiallyWith(orders, orders.With("description", "mine"), "", IfMatch("\"9\""))).ShouldBeRefused(412, Mismatch);
        (await Catalog.SavePartiallyWith(orders, orders.With("description", "mine"), "", IfMatch("\"1\""))).ShouldTell("UPDATE orders");
        (await Catalog.DeleteWith(orders, "", IfMatch("\"1\""))).ShouldBeRefused(412, Mismatch);
        (await Catalog.DeleteWith(orders, "", IfMatch("\"2\""))).ShouldTell("DELETE orders");
    }

    [Fact]
    public async Task If_Match_of_an_asset_that_does_not_exist_holds_never()
    {
        (await Catalog.SaveSingleWith(Table("orders"), IfMatch("*"))).ShouldBeRefused(412, Mismatch);
        (await Catalog.SaveSingleWith(Table("orders"), IfMatch("\"0\""))).ShouldBeRefused(412, Mismatch);
    }

    [Fact]
    public async Task If_Match_that_names_no_version_is_told_as_that() =>
        (await Catalog.SaveSingleWith(await Catalog.Have(Table("orders")), IfMatch("W/\"1\""))).ShouldBeRefused(412, Mismatch, "a version that no asset can have");

    [Fact]
    public async Task If_Match_does_not_go_with_a_bulk() =>
        (await Catalog.SaveWith("", [Table("orders")], IfMatch("\"1\""))).ShouldBeRefused(400, "ATLAS-400-00-029", "expectedVersion");

    [Theory]
    [InlineData("*")]
    [InlineData("\"1\"")]
    public async Task If_None_Match_on_a_save_is_refused_rather_than_passed_over(string value)
    {
        var orders = await Catalog.Have(Table("orders"));
        var header = new KeyValuePair<string, string>("If-None-Match", value);
        var changed = orders.With("description", "new");

        (await Catalog.SaveSingleWith(changed, header)).ShouldBeRefused(400, "ATLAS-400-00-029", "expectedVersion 0");
        (await Catalog.SaveWith("", [changed], header)).ShouldBeRefused(400, "ATLAS-400-00-029", "If-None-Match");
        (await Catalog.SavePartiallyWith(orders, changed, "", header)).ShouldBeRefused(400, "ATLAS-400-00-029", "If-None-Match");
        (await Catalog.DeleteWith(orders, "", header)).ShouldBeRefused(400, "ATLAS-400-00-029", "If-None-Match");
    }

    [Fact]
    public async Task A_read_gives_the_version_as_its_tag()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(orders.With("description", "new"));

        (await Catalog.GetWith(orders)).Headers["ETag"].ShouldBe("\"2\"");
    }

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"5\", \"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"2\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task A_reader_that_has_the_version_is_not_sent_it_again(string known, int status)
    {
        var orders = await Catalog.Have(Table("orders"));

        var reply = await Catalog.GetWith(orders, new KeyValuePair<string, string>("If-None-Match", known));

        reply.Status.ShouldBe(status);
        reply.Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Of_many_savers_of_one_version_one_wins()
    {
        var orders = await Catalog.Have(Table("orders"));

        var saves = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Catalog.Save(orders.With("description", $"{i}").Set("expectedVersion", 1))));

        saves.Count(save => save.Status == 200).ShouldBe(1);
        saves.Count(save => save.Status == 412).ShouldBe(19);
        (await Catalog.Get(orders)).GetProperty("version").GetInt64().ShouldBe(2);
    }

    private static KeyValuePair<string, string> IfMatch(string value) => new("If-Match", value);
}
