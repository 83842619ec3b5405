namespace Cartulary.Cli.Tests.Commands;

public sealed class TailEventsCommandTests
{
    private const string Bounds = """{"log":"log-1","events":[],"next":9,"oldest":1,"head":9}""";

    [Fact]
    public async Task It_outlives_a_server_that_goes_away_and_says_how_to_resume()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var streams = new Queue<Func<ScriptedAnswer>>(
        [
            () => ScriptedAnswer.Stream("retry: 3000\n\n" + Event(7)),
            () => ScriptedAnswer.Broken,
            () => ScriptedAnswer.Stream(Event(8)),
            () =>
            {
                interrupt.Cancel();
                return ScriptedAnswer.Broken;
            },
        ]);
        await using var server = await ScriptedServer.StartAsync(request => IsStream(request) ? streams.Dequeue()() : ScriptedAnswer.Ok(Bounds));

        var run = await Run.OfAsync(["events", "tail", "--after", "6", "--json", "--url", server.Url], interrupt.Token);

        run.Code.ShouldBe(0);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["""{"seq":7,"envelope":{}}""", """{"seq":8,"envelope":{}}"""]);
        run.Error.ShouldContain("connected again");
        run.Error.ShouldContain("resume with --after 8");
        Streams(server).Select(request => (request.Target, request.LastEventId)).ShouldBe(
        [
            ("/api/events/stream?log=log-1", "6"), ("/api/events/stream?log=log-1", "7"),
            ("/api/events/stream?log=log-1", "7"), ("/api/events/stream?log=log-1", "8"),
        ]);
    }

    [Fact]
    public async Task An_event_that_came_by_half_is_asked_for_again()
    {
        var streams = new Queue<ScriptedAnswer>(
        [
            ScriptedAnswer.Stream(Event(7) + "id: 8\nevent: ENTITY_UPDATE\ndata: {") with { Breaks = true },
            ScriptedAnswer.Stream(Event(8)),
            Gone,
        ]);
        await using var server = await ScriptedServer.StartAsync(request => IsStream(request) ? streams.Dequeue() : ScriptedAnswer.Ok(Bounds));

        var run = await Run.OfAsync(server, "events", "tail", "--after", "6", "--json");

        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["""{"seq":7,"envelope":{}}""", """{"seq":8,"envelope":{}}"""]);
        Streams(server).Select(request => request.LastEventId).ShouldBe(["6", "7", "8"]);
    }

    [Fact]
    public async Task A_heartbeat_moves_the_place_past_events_that_are_not_wanted()
    {
        var streams = new Queue<ScriptedAnswer>([ScriptedAnswer.Stream(Event(7) + ": hb\nid: 9\n\n"), Gone]);
        await using var server = await ScriptedServer.StartAsync(request => IsStream(request) ? streams.Dequeue() : ScriptedAnswer.Ok(Bounds));

        await Run.OfAsync(server, "events", "tail", "--after", "6", "--type", "Table");

        Streams(server).Select(request => request.LastEventId).ShouldBe(["6", "9"]);
        Streams(server)[0].Target.ShouldBe("/api/events/stream?log=log-1&typeName=Table");
    }

    [Theory]
    [InlineData(410, "no longer kept")]
    [InlineData(409, "restored or replaced")]
    public async Task A_place_that_cannot_be_gone_on_from_is_explained(int status, string explanation)
    {
        await using var server = await ScriptedServer.StartAsync(request =>
            IsStream(request) ? new ScriptedAnswer(status, """{"errorCode":"CODE","errorMessage":"why"}""") : ScriptedAnswer.Ok(Bounds));

        var run = await Run.OfAsync(server, "events", "tail", "--json");

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("why (CODE)");
        run.Error.ShouldContain(explanation);
        Streams(server).ShouldHaveSingleItem().LastEventId.ShouldBe("9");
    }

    private static ScriptedAnswer Gone => new(410, """{"errorCode":"CODE","errorMessage":"why"}""");

    private static bool IsStream(ScriptedRequest request) => request.Target.StartsWith("/api/events/stream", StringComparison.Ordinal);

    private static List<ScriptedRequest> Streams(ScriptedServer server) => [.. server.Requests.Where(IsStream)];

    private static string Event(int sequence) => $"id: {sequence}\nevent: ENTITY_UPDATE\ndata: {{}}\n\n";
}
