using System.Text;
using Cartulary.Cli.Client;
using Cartulary.Cli.Saving;
using Cartulary.Cli.Tests.Commands;

namespace Cartulary.Cli.Tests.Saving;

/// <summary>Requests go one after the other, and nobody waits for one to gather the next.</summary>
public sealed class BatchSaverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Assets_gather_while_a_request_is_under_way()
    {
        using var gathered = new ManualResetEventSlim();
        await using var server = await ScriptedServer.StartAsync(_ => gathered.Wait(Patience) ? ScriptedAnswer.Ok("{}") : ScriptedAnswer.Broken);
        using var client = ClientOf(server);
        var tally = new SaveTally();
        await using var saver = new BatchSaver(client, new BatchLimits(Assets: 2), tally, _ => { });

        for (var number = 1; number <= 4; number++)
        {
            await saver.AddAsync(Asset(number), referred: null, Token).WaitAsync(Patience, Token);
        }

        tally.Items.ShouldBe(0);
        gathered.Set();
        await saver.FlushAsync(referred: null, Token);
        tally.Items.ShouldBe(4);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_is_sent_only_when_the_one_before_it_is_saved()
    {
        var running = 0;
        var most = 0;
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Decrement(ref running);
            return ScriptedAnswer.Ok("{}");
        });
        using var client = ClientOf(server);
        await using var saver = new BatchSaver(client, new BatchLimits(Assets: 1), new SaveTally(), _ => { });

        for (var number = 1; number <= 50; number++)
        {
            await saver.AddAsync(Asset(number), referred: null, Token);
        }

        await saver.FlushAsync(referred: null, Token);

        most.ShouldBe(1);
        server.Requests.Select(request => request.Body).ShouldBe(Enumerable.Range(1, 50).Select(number => $$"""{"entities":[{{Text(number)}}]}"""));
    }

    [Fact]
    public async Task What_is_under_way_when_something_else_fails_is_counted()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedAnswer.Ok("{}"));
        using var client = ClientOf(server);
        var tally = new SaveTally();

        await using (var saver = new BatchSaver(client, new BatchLimits(Assets: 1), tally, _ => { }))
        {
            await saver.AddAsync(Asset(1), referred: null, Token);
            await saver.AddAsync(Asset(2), referred: null, Token);
        }

        tally.Items.ShouldBe(1);
    }

    private static CatalogClient ClientOf(ScriptedServer server) => CatalogClient.Connect(new ServerAddress(new Uri(server.Url), Key: null), TimeProvider.System);

    private static EntityJson Asset(int number) => new($"-{number}", Encoding.UTF8.GetBytes(Text(number)));

    private static string Text(int number) => $$"""{"guid":"-{{number}}"}""";
}
