using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Custom metadata as a part of saves, whose flags say what it means.</summary>
public sealed class CustomMetadataSaveScenarios(CatalogServer server) : CustomMetadataScenario(server)
{
    private const string Merging = "replaceBusinessAttributes=true";
    private const string Overwriting = "replaceBusinessAttributes=true&overwriteBusinessAttributes=true";

    [Fact]
    public async Task A_new_asset_has_what_is_given_whatever_the_flags_and_both_are_told()
    {
        await HaveTable();

        var save = await Catalog.Save(Saying(Table("lines"), """{"score":5}""").ByGuid("-1"));

        save.ShouldTellInOrder("CREATE lines", "BUSINESS_ATTRIBUTE_UPDATE lines");
        save.Events[0].After.GetProperty("businessAttributes").GetRawText().ShouldBe(Sets("""{"score":5}"""));
        save.Events[1].After.GetRawText().ShouldBe(Sets("""{"score":5}"""));
        save.Events.ShouldAllBe(told => told.Version == 1);
    }

    [Fact]
    public async Task Without_flags_an_update_says_nothing_of_it()
    {
        var orders = await HaveTable("""{"score":5}""");

        (await Catalog.Save(Saying(orders, """{"score":6,"size":"unknown"}"""))).ShouldChangeNothing();
        (await Catalog.SaveWith("overwriteBusinessAttributes=true", [Saying(orders, """{"score":6}""")])).ShouldChangeNothing();
        (await Catalog.SavePartiallyWith(orders, Saying(orders, """{"score":6}"""), Merging)).ShouldTell();
    }

    [Fact]
    public async Task Merging_sets_what_is_given_clears_what_is_null_and_leaves_the_rest()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");

        var save = await Catalog.SaveWith(Merging, [Saying(orders, """{"score":null,"grade":"A"}""")]);

        save.ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        save.Events[0].After.GetRawText().ShouldBe(Sets("""{"grade":"A","score":null}"""));
        save.Mutated("UPDATE").ShouldBe([orders.Guid], "an asset of which only custom metadata changed is listed too");
        (await Metadata(orders)).ShouldBe(Sets("""{"grade":"A","note":"fine"}"""));
    }

    [Theory]
    [InlineData("""{"score":5}""")]
    [InlineData("""{"day":null}""")]
    public async Task Merging_a_part_of_what_is_stored_changes_nothing(string part)
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");

        (await Catalog.SaveWith(Merging, [Saying(orders, part)])).ShouldChangeNothing();
    }

    [Fact]
    public async Task Merging_nothing_changes_nothing()
    {
        var orders = await HaveTable("""{"score":5}""");

        (await Catalog.SaveWith(Merging, [orders.Set("businessAttributes", new JsonObject())])).ShouldChangeNothing();
        (await Catalog.SaveWith(Merging, [Saying(orders, null)])).ShouldChangeNothing();
    }

    [Fact]
    public async Task An_empty_set_is_cleared_whole()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");
        (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Tables}", """{"rows":1}""")).ShouldSucceed();

        var save = await Catalog.SaveWith(Merging, [Saying(orders, "{}")]);

        save.Event("BUSINESS_ATTRIBUTE_UPDATE orders").After.GetRawText().ShouldBe(Sets("""{"note":null,"score":null}"""));
        (await Metadata(orders)).ShouldBe($$$"""{"{{{Tables}}}":{"rows":1}}""");
        (await Catalog.SaveWith(Merging, [Saying(orders, "null")])).ShouldChangeNothing();
    }

    [Fact]
    public async Task Overwriting_leaves_only_what_is_given()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");

        (await Catalog.SaveWith(Overwriting, [Saying(orders, """{"score":5}""")])).Event("BUSINESS_ATTRIBUTE_UPDATE orders").After.GetRawText()
            .ShouldBe(Sets("""{"note":null}"""));
        (await Catalog.SaveWith(Overwriting, [Saying(orders, """{"score":5}""")])).ShouldChangeNothing();
        (await Catalog.SaveWith(Overwriting, [orders])).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        (await Catalog.SaveWith(Overwriting, [Saying(orders, null)])).ShouldChangeNothing();
        (await Catalog.SaveWith(Overwriting, [orders.Set("businessAttributes", new JsonObject())])).ShouldChangeNothing();
    }

    [Fact]
    public async Task What_a_read_gives_can_be_saved_back_with_every_flag()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine","grades":["b","a"],"day":1700000000000,"ratio":0.5,"grade":"A"}""");
        var read = JsonNode.Parse((await Catalog.Get(orders)).GetRawText())!;

        foreach (var flags in new[] { "", Merging, Overwriting })
        {
            var stamp = await StampOf(orders);
            (await Catalog.SaveWith(flags, [orders.Set("businessAttributes", read["businessAttributes"]!.DeepClone())])).ShouldChangeNothing();
            (await StampOf(orders)).ShouldBe(stamp);
        }
    }

    [Fact]
    public async Task A_change_of_both_is_told_by_two_events_that_share_the_version()
    {
        var orders = await HaveTable();

        var save = await Catalog.SaveWith(Merging, [Saying(orders, """{"score":5}""").With("description", "new")]);

        save.ShouldTellInOrder("UPDATE orders", "BUSINESS_ATTRIBUTE_UPDATE orders");
        save.Events.Select(told => told.Version).ShouldBe([2, 2]);
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["description"]);
        save.Mutated("UPDATE").ShouldBe([orders.Guid]);
    }

    [Fact]
    public async Task A_repeated_change_is_no_change_by_the_short_cut_either_and_another_flag_is_another_request()
    {
        var orders = await HaveTable();
        var draft = Saying(orders, """{"score":5}""");

        (await Catalog.SaveWith("", [draft])).ShouldChangeNothing();
        (await Catalog.SaveWith("", [draft])).ShouldChangeNothing();
        (await Catalog.SaveWith(Merging, [draft])).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        (await Catalog.SaveWith(Merging, [draft])).ShouldChangeNothing();
        (await Catalog.SaveWith(Merging, [draft])).ShouldChangeNothing();
        (await Catalog.Change(HttpMethod.Delete, orders, $"businessmetadata/{Quality}")).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        (await Catalog.SaveWith(Merging, [draft])).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
    }

    [Theory]
    [InlineData("""{"size":1}""")]
    [InlineData("""{"score":"many"}""")]
    [InlineData("""{"code":"lower"}""")]
    public async Task What_is_wrong_refuses_the_whole_save(string values)
    {
        var orders = await HaveTable();

        var refused = await Catalog.SaveWith(Merging, [Saying(orders, values), Table("lines")]);

        refused.ShouldBeRefused(404, "ATLAS-404-00-007");
        refused.Body.GetProperty("problems")[0].GetProperty("path").GetString()!.ShouldStartWith($"entities[0].businessAttributes.{Quality}.");
        (await Catalog.SaveWith(Merging, [orders.Set("businessAttributes", JsonNode.Parse("""{"Nothing":{"a":1}}"""))])).ShouldBeRefused(404, "ATLAS-404-00-007");
    }

    [Fact]
    public async Task Its_history_is_told_by_attribute()
    {
        var orders = await HaveTable("""{"score":5}""");
        (await Catalog.SaveWith(Merging, [Saying(orders, """{"note":"fine"}""")])).ShouldSucceed();

        (await Catalog.History(orders, "versions")).GetProperty("versions")[0].GetProperty("businessAttributes").GetRawText().ShouldBe($"[\"{Quality}.note\"]");
        (await Catalog.History(orders, "blame")).GetProperty("businessAttributes").GetProperty($"{Quality}.score").GetProperty("version").GetInt64().ShouldBe(2);
        var difference = await Catalog.History(orders, "diff?from=1");
        difference.GetProperty("mutatedDetails").GetProperty("businessAttributes").GetRawText().ShouldBe(Sets("""{"note":"fine","score":5}"""));
        difference.GetProperty("previousDetails").GetProperty("businessAttributes").GetRawText().ShouldBe(Sets("""{"note":null,"score":null}"""));
    }
}
