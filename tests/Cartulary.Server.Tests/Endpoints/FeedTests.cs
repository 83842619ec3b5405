using System.Diagnostics;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class FeedTests
{
    [Fact]
    public async Task An_empty_log_has_no_events_and_a_place_to_go_on()
    {
        await using var host = await Host.StartAsync();

        var page = await host.GetAsync("/api/events");

        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page["events"].GetArrayLength().ShouldBe(0);
        (Number(page, "next"), Number(page, "oldest"), Number(page, "head")).ShouldBe((0, 1, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5_000)]
    [InlineData(9_999_999)]
    public async Task Pages_of_any_size_give_every_event_once(int limit)
    {
        await using var host = await Host.StartAsync();
        await SaveFiveAsync(host);

        var sequences = new List<long>();
        var page = await host.GetAsync($"/api/events?limit={limit}");
        while (page["events"].GetArrayLength() > 0)
        {
            sequences.AddRange(page["events"].EnumerateArray().Select(item => item.GetProperty("seq").GetInt64()));
            page = await host.GetAsync($"/api/events?limit={limit}&after={Number(page, "next")}");
        }

        sequences.ShouldBe([1, 2, 3, 4, 5]);
        Number(page, "next").ShouldBe(5);
    }

    [Theory]
    [InlineData("typeName=SQL&limit=1", 3)]
    [InlineData("typeName=Table,Column", 3)]
    [InlineData("operation=entity_create&typeName=Connection", 2)]
    [InlineData("operation=ENTITY_DELETE", 0)]
    [InlineData("qualifiedNamePrefix=default/sqlite/1/", 3)]
    [InlineData("guid=00000000-0000-0000-0000-000000000001", 0)]
    public async Task A_filter_hides_events_and_the_cursor_moves_past_them(string filter, int count)
    {
        await using var host = await Host.StartAsync();
        await SaveFiveAsync(host);

        var matches = 0;
        var next = 0L;
        do
        {
            var page = await host.GetAsync($"/api/events?{filter}&after={next}");
            matches += page["events"].GetArrayLength();
            next = Number(page, "next");
        }
        while (next < 5);

        matches.ShouldBe(count);
    }

    [Theory]
    [InlineData("after=6", 409, "CARTULARY-409-00-001")]
    [InlineData("log=00000000-0000-0000-0000-000000000001", 409, "CARTULARY-409-00-001")]
    public async Task A_position_that_is_not_in_the_log_is_refused_with_its_bounds(string query, int status, string code)
    {
        await using var host = await Host.StartAsync();
        await SaveFiveAsync(host);

        var answer = await host.GetAsync($"/api/events?{query}");

        (answer.Status, answer.Code).ShouldBe((status, code));
        answer["log"].GetString().ShouldBe(host.Catalog.Store.Head.LogId.ToString());
        (Number(answer, "oldest"), Number(answer, "head")).ShouldBe((1, 5));
        answer["snapshot"].GetString().ShouldBe("/api/events/snapshot");
    }

    [Theory]
    [InlineData("after=-1", "ATLAS-400-00-01A")]
    [InlineData("after=x", "ATLAS-400-00-01A")]
    [InlineData("limit=0", "ATLAS-400-00-01A")]
    [InlineData("wait=long", "ATLAS-400-00-01A")]
    [InlineData("wait=NaN", "ATLAS-400-00-01A")]
    [InlineData("wait=Infinity", "ATLAS-400-00-01A")]
    [InlineData("operation=NOTHING", "ATLAS-400-00-01A")]
    [InlineData("guid=x", "ATLAS-400-00-01A")]
    [InlineData("after=1&after=2", "ATLAS-400-00-01A")]
    [InlineData("typeName=Nothing", "ATLAS-400-00-014")]
    public async Task A_malformed_question_is_refused(string query, string code)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.GetAsync($"/api/events?{query}");

        (answer.Status, answer.Code).ShouldBe((400, code));
    }

    [Fact]
    public async Task A_waiting_reader_gets_the_first_match()
    {
        await using var host = await Host.StartAsync();
        var waiting = host.GetAsync("/api/events?after=latest&wait=30&typeName=Table");

        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table);
        var page = await waiting;

        page["events"][0].GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("typeName").GetString().ShouldBe("Table");
        Number(page, "next").ShouldBe(2);
    }

    [Fact]
    public async Task Waiting_without_a_match_ends_with_a_moved_cursor()
    {
        await using var host = await Host.StartAsync();
        var waiting = host.GetAsync("/api/events?wait=0.5&typeName=Table");

        await host.SaveAsync(Entities.Connection);
        var page = await waiting;

        page["events"].GetArrayLength().ShouldBe(0);
        Number(page, "next").ShouldBe(1);
    }

    [Fact]
    public async Task More_readers_than_may_wait_are_asked_to_come_again()
    {
        await using var host = await Host.StartAsync("--Feed:WaitersMax=0");

        var answer = await host.GetAsync("/api/events?wait=10");

        (answer.Status, answer.Code).ShouldBe((429, "CARTULARY-429-00-001"));
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stopping_server_lets_waiting_readers_go()
    {
        var host = await Host.StartAsync();
        var waiting = host.GetAsync("/api/events?wait=60");
        await host.WaitForWaiterAsync();

        var start = Stopwatch.GetTimestamp();
        await host.StopAsync();
        var page = await waiting;
        await host.DisposeAsync();

        page.Status.ShouldBe(200);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static async Task SaveFiveAsync(Host host)
    {
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Connection.Replace("sqlite/1", "sqlite/2", StringComparison.Ordinal));
        await host.SaveAsync(Entities.Table, Entities.Column("id"), Entities.Column("name"));
    }

    private static long Number(Answer answer, string name) => answer[name].GetInt64();
}
