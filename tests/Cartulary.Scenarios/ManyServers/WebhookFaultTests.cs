using System.Globalization;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Servers that die or stand still while they deliver: every event arrives or is given up, in order for each asset, and nothing worse than repeats comes.</summary>
[Collection(ManyServersCollection.Name)]
public sealed class WebhookFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Saves = 12;
    private const int Webhooks = 3;

    /// <summary>Longer than a lease, so that the others have taken over before it goes on.</summary>
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(14);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-webhook-faults-");
    private DeliveryCounts _all;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_on_a_file_that_is_killed_while_it_delivers_loses_nothing()
    {
        for (var round = 1; round <= Rounds.Count; round++)
        {
            await using var run = Begin(round);
            var server = await ServerProcess.StartAsync(Path.Combine(_folder.FullName, round.ToString(CultureInfo.InvariantCulture)), Token, run.Settings);
            try
            {
                await run.SubscribeAsync(server, Webhooks);
                for (var kill = 0; kill < 3; kill++)
                {
                    await SaveAsync(run, [server], $"{kill}");
                    await Task.Delay(run.Random.Next(0, 200), Token);
                    await server.KillAsync(Token);
                    await server.DisposeAsync();
                    server = await server.StartAgainAsync(Token);
                }

                await SaveAsync(run, [server], "last");
                Report(await run.CheckAsync(server));
            }
            finally
            {
                await server.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Of_two_servers_on_a_database_one_that_is_killed_while_it_delivers_loses_nothing()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        for (var round = 1; round <= Rounds.Count; round++)
        {
            await using var run = Begin(round);
            await using var fleet = await FleetAsync(database, $"killed_{round}", run);
            await run.SubscribeAsync(fleet[0], Webhooks);
            for (var kill = 0; kill < 2; kill++)
            {
                var victim = run.Random.Next(fleet.Count);
                await SaveAsync(run, fleet.All, $"{kill}");
                await Task.Delay(run.Random.Next(0, 200), Token);
                await fleet.KillAsync(victim, Token);
                await SaveAsync(run, [fleet[1 - victim]], $"{kill} alone");
                await fleet.ReplaceAsync(victim, Token);
            }

            Report(await run.CheckAsync(fleet[0]));
        }
    }

    [Fact]
    public async Task A_database_that_dies_while_two_servers_deliver_from_it_takes_no_event_with_it()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        for (var round = 1; round <= Rounds.Of(1); round++)
        {
            await using var run = Begin(round);
            await using var fleet = await FleetAsync(database, $"died_{round}", run);
            await run.SubscribeAsync(fleet[0], Webhooks);
            await SaveAsync(run, fleet.All, "before");
            await Task.Delay(run.Random.Next(0, 200), Token);
            await database.StopImmediatelyAsync();
            await Task.Delay(run.Random.Next(0, 2_000), Token);
            await database.StartAsync(Token);
            await SaveAsync(run, fleet.All, "afterwards");

            Report(await run.CheckAsync(fleet[0]));
        }
    }

    [Fact]
    public async Task Of_two_servers_one_that_stands_still_is_deposed_and_only_repeats_when_it_goes_on()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var run = Begin(1);
        await using var fleet = await FleetAsync(database, "frozen", run);
        await run.SubscribeAsync(fleet[0], count: 8);
        await SaveAsync(run, fleet.All, "before");
        var frozen = fleet[run.Random.Next(fleet.Count)];
        var other = fleet.All.Single(server => server != frozen);

        frozen.Freeze();
        await SaveAsync(run, [other], "meanwhile");
        await Task.Delay(LongerThanALease, Token);
        Report(await run.CheckAsync(other));
        frozen.Thaw();
        await SaveAsync(run, fleet.All, "afterwards");

        Report(await run.CheckAsync(frozen));
    }

    public void Dispose()
    {
        output.WriteLine($"together {_all}");
        _folder.Delete(recursive: true);
    }

    private WebhookFaultRun Begin(int round)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"round {round}, seed {seed}");
        return new WebhookFaultRun(seed);
    }

    private void Report(DeliveryCounts counts)
    {
        output.WriteLine($"  {counts}");
        _all += counts;
    }

    private static async Task<ServerFleet> FleetAsync(PostgresServer database, string name, WebhookFaultRun run) =>
        await ServerFleet.StartAsync(Enumerable.Repeat(await database.NewDatabaseAsync(name, Token), 2), Token, run.Settings);

    private static async Task SaveAsync(WebhookFaultRun run, IReadOnlyList<ServerProcess> servers, string description)
    {
        for (var save = 0; save < Saves; save++)
        {
            await WebhookFaultRun.TrySaveAsync(servers[run.Random.Next(servers.Count)], $"{description} {save}");
        }
    }
}
