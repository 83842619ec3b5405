namespace Cartulary.Cli.Tests.Commands;

public sealed class TailEventsCommandTests
{
    [Fact]
    public async Task It_outlives_a_server_that_goes_away_and_says_how_to_resume()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var answers = new Queue<Func<ScriptedAnswer>>(
        [
            () => ScriptedAnswer.Ok(Page("log-1", 7)),
            () => ScriptedAnswer.Broken,
            () => ScriptedAnswer.Ok(Page("log-1", 8)),
            () =>
            {
                interrupt.Cancel();
                return ScriptedAnswer.Broken;
            },
        ]);
        await using var server = await ScriptedServer.StartAsync(_ => answers.Dequeue()());

        var run = await Run.OfAsync(["events", "tail", "--after", "6", "--json", "--url", server.Url], interrupt.Token);

        run.Code.ShouldBe(0);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["""{"seq":7,"envelope":{}}""", """{"seq":8,"envelope":{}}"""]);
        run.Error.ShouldContain("connected again");
        run.Error.ShouldContain("resume with --after 8");
        server.Requests.Select(request => request.Target).ShouldBe(
        [
            "/api/events?limit=500&after=6&wait=30", "/api/events?limit=500&after=7&wait=30",
            "/api/events?limit=500&after=7&wait=30", "/api/events?limit=500&after=8&wait=30",
        ]);
    }

    [Fact]
    public async Task Another_log_ends_it()
    {
        var answers = new Queue<string>([Page("log-1", 7), Page("log-2", 8)]);
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedAnswer.Ok(answers.Dequeue()));

        var run = await Run.OfAsync(server, "events", "tail", "--after", "6", "--json");

        run.Code.ShouldBe(3);
        run.Output.Trim().ShouldBe("""{"seq":7,"envelope":{}}""");
        run.Error.ShouldContain("another log");
    }

    private static string Page(string log, int sequence) =>
        $$$"""{"log":"{{{log}}}","events":[{"seq":{{{sequence}}},"envelope":{}}],"next":{{{sequence}}},"oldest":1,"head":{{{sequence}}}}""";
}
