using System.Text;
using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_sends_what_the_feed_holds_and_then_what_comes()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        await using var stream = await EventReader.OpenAsync(host, "after=0");

        var first = (await stream.NextAsync())!.Value;
        await host.SaveAsync(Entities.Table);
        var second = (await stream.NextAsync())!.Value;

        (first.EventId, first.EventType).ShouldBe(("1", "ENTITY_CREATE"));
        (second.EventId, second.EventType).ShouldBe(("2", "ENTITY_CREATE"));
        first.ReconnectionInterval.ShouldBe(TimeSpan.FromSeconds(3));
        var listed = (await host.GetAsync("/api/events"))["events"].EnumerateArray().Select(item => item.GetProperty("envelope").GetRawText());
        new[] { first.Data, second.Data }.ShouldBe(listed);
    }

    [Fact]
    public async Task A_stream_says_what_it_is_and_when_to_come_again()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);

        using var response = await host.Client.GetAsync(
            "/api/events/stream?after=0", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        const string expected = "retry: 3000\n\nid: 1\nevent: ENTITY_CREATE\ndata: {\"";
        var start = new byte[expected.Length];
        await body.ReadExactlyAsync(start, TestContext.Current.CancellationToken);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl!.ToString().ShouldBe("no-store, no-transform", StringCompareShould.IgnoreCase);
        response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        Encoding.UTF8.GetString(start).ShouldBe(expected);
    }

    [Theory]
    [InlineData("after=0", "1", "2")]
    [InlineData("after=1", null, "2")]
    [InlineData("", "0", "1")]
    public async Task A_stream_begins_after_the_last_event_that_the_reader_has_had(string query, string? lastEventId, string first)
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table);
        await using var stream = await EventReader.OpenAsync(host, query, lastEventId);

        (await stream.NextAsync())!.Value.EventId.ShouldBe(first);
    }

    [Fact]
    public async Task Without_a_place_a_stream_begins_with_what_comes_next()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        await using var stream = await EventReader.OpenAsync(host);

        await host.SaveAsync(Entities.Table);

        (await stream.NextAsync())!.Value.EventId.ShouldBe("2");
    }

    [Theory]
    [InlineData("", "7", 409, "CARTULARY-409-00-001", "Last-Event-ID")]
    [InlineData("after=0", "7", 409, "CARTULARY-409-00-001", "Last-Event-ID")]
    [InlineData("after=7", null, 409, "CARTULARY-409-00-001", "after")]
    [InlineData("log=00000000-0000-0000-0000-000000000001", null, 409, "CARTULARY-409-00-001", "log")]
    [InlineData("", "x", 400, "ATLAS-400-00-01A", "Last-Event-ID")]
    [InlineData("typeName=Nothing", null, 400, "ATLAS-400-00-014", "typeName")]
    public async Task A_stream_that_cannot_begin_is_answered_plainly(string query, string? lastEventId, int status, string code, string path)
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/events/stream?{query}");
        request.Headers.Add("Last-Event-ID", lastEventId is null ? [] : [lastEventId]);

        var answer = await host.SendAsync(request);

        (answer.Status, answer.Code).ShouldBe((status, code));
        answer["problems"][0].GetProperty("path").GetString().ShouldBe(path);
    }

    [Fact]
    public async Task A_stream_needs_a_key()
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Get, "/api/events/stream", client: host.Anonymous)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("--Stream:StreamsPerKeyMax=1")]
    [InlineData("--Stream:StreamsMax=1")]
    public async Task More_streams_than_are_allowed_are_refused_until_one_closes(string limit)
    {
        await using var host = await Host.StartAsync(limit);
        var first = await EventReader.OpenAsync(host);

        var refused = await host.GetAsync("/api/events/stream");
        await first.DisposeAsync();

        (refused.Status, refused.Code).ShouldBe((429, "CARTULARY-429-00-001"));
        refused.Headers.RetryAfter.ShouldNotBeNull();
        while (!await IsLetInAsync(host))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_silent_stream_tells_how_far_it_has_come_past_events_that_are_not_wanted()
    {
        await using var host = await Host.StartAsync("--Stream:HeartbeatSeconds=1", "--Stream:LifetimeSeconds=4");
        await using var stream = await EventReader.OpenAsync(host, "typeName=Table");

        await host.SaveAsync(Entities.Connection);

        (await stream.NextAsync()).ShouldBeNull();
        stream.LastEventId.ShouldBe("1");
    }

    [Fact]
    public async Task A_stream_ends_cleanly_when_its_time_is_over()
    {
        await using var host = await Host.StartAsync("--Stream:LifetimeSeconds=1");
        await host.SaveAsync(Entities.Connection);
        await using var stream = await EventReader.OpenAsync(host, "after=0");

        (await stream.IdsAsync(2)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_stopping_server_ends_streams_after_the_event_it_sends()
    {
        var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        await using var stream = await EventReader.OpenAsync(host, "after=0");
        (await stream.IdsAsync(1)).ShouldBe(["1"]);

        await host.StopAsync();

        (await stream.NextAsync()).ShouldBeNull();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("typeName=Table,Column", 3)]
    [InlineData("operation=ENTITY_CREATE&typeName=Connection", 1)]
    [InlineData("qualifiedNamePrefix=default/sqlite/1/", 3)]
    public async Task Filters_are_those_of_the_feed(string filter, int count)
    {
        await using var host = await Host.StartAsync("--Stream:LifetimeSeconds=1");
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table, Entities.Column("id"), Entities.Column("name"));
        await using var stream = await EventReader.OpenAsync(host, $"after=0&{filter}");

        var ids = await stream.IdsAsync(100);

        var listed = (await host.GetAsync($"/api/events?{filter}"))["events"].EnumerateArray().Select(item => item.GetProperty("seq").GetRawText()).ToList<string?>();
        listed.Count.ShouldBe(count);
        ids.ShouldBe(listed);
    }

    [Fact]
    public async Task Many_streams_each_get_every_event_once()
    {
        const int streams = 50;
        const int saves = 40;
        await using var host = await Host.StartAsync("--Stream:StreamsPerKeyMax=100");
        await host.SaveAsync(Entities.Connection);
        var readers = await Task.WhenAll(Enumerable.Range(0, streams).Select(number =>
            EventReader.OpenAsync(host, number % 2 == 0 ? "after=0" : "after=0&operation=ENTITY_UPDATE")));

        var reading = Task.WhenAll(readers.Select((reader, number) => reader.IdsAsync(number % 2 == 0 ? saves + 1 : saves)));
        for (var save = 0; save < saves; save++)
        {
            await host.SaveAsync(Entities.Connection.Replace("\"attributes\":{", $"\"attributes\":{{\"description\":\"{save}\",", StringComparison.Ordinal));
        }

        var ids = await reading;

        ids.Select((own, number) => (own, number)).ShouldAllBe(it => it.own.SequenceEqual(Expected(it.number % 2 == 0 ? 1 : 2, saves + 1)));
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    private static IEnumerable<string> Expected(int first, int last) => Enumerable.Range(first, last - first + 1).Select(id => JsonSerializer.Serialize(id));

    private static async Task<bool> IsLetInAsync(Host host)
    {
        using var response = await host.Client.GetAsync(
            "/api/events/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode;
    }
}
