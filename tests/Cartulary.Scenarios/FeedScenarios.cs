using System.Diagnostics;
using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Reading the feed: from any position, filtered, and waiting for what comes.</summary>
public sealed class FeedScenarios(CatalogServer server) : Scenario(server)
{
    private string Own => $"qualifiedNamePrefix={Catalog.Scenario}/";

    [Fact]
    public async Task A_reader_goes_on_from_where_it_stopped_and_sees_each_event_once()
    {
        var mark = await Catalog.Head();
        var save = await Catalog.Save([.. Enumerable.Range(0, 7).Select(i => Table($"t{i}"))]);
        var seen = new List<long>();

        for (var after = mark; after < save.Events[^1].Sequence;)
        {
            var page = (await Catalog.Feed($"after={after}&limit=3&{Own}")).Success();
            Sequences(page).Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(Sequences(page));
            after = page.GetProperty("next").GetInt64();
        }

        seen.ShouldBe(save.Events.Select(told => told.Sequence));
    }

    [Fact]
    public async Task Sequences_have_no_gaps()
    {
        var mark = await Catalog.Head();
        await Catalog.Save([.. Enumerable.Range(0, 20).Select(i => Table($"t{i}"))]);

        var sequences = Sequences((await Catalog.Feed($"after={mark}&limit=20")).Success());

        sequences.ShouldBe(Enumerable.Range(1, 20).Select(i => mark + i));
    }

    [Fact]
    public async Task An_event_reads_the_same_every_time()
    {
        var save = await Catalog.Save(Table("orders"));
        var query = $"after={save.Events[0].Sequence - 1}&limit=1";

        var first = (await Catalog.Feed(query)).Success().GetProperty("events").GetRawText();
        await Catalog.Save(Table("orders").With("rowCount", 1));

        (await Catalog.Feed(query)).Success().GetProperty("events").GetRawText().ShouldBe(first);
    }

    [Theory]
    [InlineData("operation=ENTITY_UPDATE", "UPDATE orders")]
    [InlineData("operation=ENTITY_DELETE&operation=ENTITY_UPDATE", "UPDATE orders,DELETE id")]
    [InlineData("typeName=Column", "CREATE id,DELETE id")]
    [InlineData("typeName=SQL&operation=ENTITY_CREATE", "CREATE orders,CREATE id")]
    [InlineData("ignoreAttributes=rowCount", "CREATE orders,CREATE id,DELETE id")]
    [InlineData("ignoreAttributes=alias", "CREATE orders,CREATE id,UPDATE orders,DELETE id")]
    public async Task Filters_give_only_what_matches(string filter, string expected)
    {
        var mark = await Catalog.Head();
        await Catalog.Save(Table("orders"));
        var id = await Catalog.Have(Column("id"));
        await Catalog.Save(Table("orders").With("rowCount", 1));
        await Catalog.Delete(id);

        Lines((await Catalog.Feed($"after={mark}&{Own}&{filter}")).Success()).ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_guid_filters_the_events_of_one_asset()
    {
        var mark = await Catalog.Head();
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(Column("id").In("table", orders));

        Lines((await Catalog.Feed($"after={mark}&guid={orders.Guid}")).Success()).ShouldBe(["CREATE orders", "UPDATE orders"]);
    }

    [Fact]
    public async Task A_reader_that_waits_wakes_with_a_match()
    {
        var mark = await Catalog.Head();
        var started = Stopwatch.GetTimestamp();
        var waiting = Catalog.Feed($"after={mark}&wait=30&{Own}&typeName=Column");
        await Catalog.Save(Table("orders"));
        waiting.IsCompleted.ShouldBeFalse("a table is no match");

        await Catalog.Save(Column("id"));

        Lines((await waiting).Success()).ShouldBe(["CREATE id"]);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_wait_without_a_match_ends_with_the_position_moved_on()
    {
        var mark = await Catalog.Head();
        await Catalog.Save(Table("orders"));

        var page = (await Catalog.Feed($"after={mark}&wait=0.2&{Own}&typeName=View")).Success();

        page.GetProperty("events").GetArrayLength().ShouldBe(0);
        page.GetProperty("next").GetInt64().ShouldBeGreaterThan(mark);
    }

    [Fact]
    public async Task A_position_after_the_head_is_refused_with_the_bounds_of_the_log()
    {
        var reply = await Catalog.Feed($"after={await Catalog.Head() + 1_000_000}");

        reply.Status.ShouldBe(409);
        reply.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-409-00-001");
        reply.Body.GetProperty("oldest").GetInt64().ShouldBe(1);
        reply.Body.TryGetProperty("head", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_of_another_log_is_refused()
    {
        var log = (await Catalog.Feed("limit=1")).Success().GetProperty("log").GetString();

        (await Catalog.Feed($"log={log}&limit=1")).Status.ShouldBe(200);
        (await Catalog.Feed("log=0190a1b2-0000-7000-8000-000000000000&limit=1")).Status.ShouldBe(409);
    }

    [Theory]
    [InlineData("after=soon")]
    [InlineData("limit=0")]
    [InlineData("operation=ENTITY_LOST")]
    [InlineData("typeName=Spreadsheet")]
    [InlineData("wait=long")]
    public async Task A_question_out_of_form_is_refused(string query) => (await Catalog.Feed(query)).Status.ShouldBe(400);

    private static List<long> Sequences(JsonElement page) =>
        [.. page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("seq").GetInt64())];

    private List<string> Lines(JsonElement page) => [.. page.GetProperty("events").EnumerateArray().Select(item => Catalog.Read(item).Line)];
}
