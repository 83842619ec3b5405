using System.Diagnostics;
using System.Text.RegularExpressions;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Three servers on a database of their own, under load, while something breaks; and what must hold afterwards.</summary>
internal sealed partial class FaultRun : IAsyncDisposable
{
    private const int Servers = 3;
    private const int Clients = 6;
    private readonly ITestOutputHelper _output;
    private readonly CatalogLoad _load;

    private FaultRun(PostgresServer database, ServerFleet fleet, int seed, ITestOutputHelper output)
    {
        Database = database;
        Fleet = fleet;
        Random = new Random(seed);
        _load = new CatalogLoad(seed, Clients);
        _output = output;
    }

    /// <summary>The database.</summary>
    public PostgresServer Database { get; }

    /// <summary>The servers.</summary>
    public ServerFleet Fleet { get; }

    /// <summary>Chance, by the seed that is written to the output.</summary>
    public Random Random { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts all.</summary>
    public static async Task<FaultRun> StartAsync(ITestOutputHelper output)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        try
        {
            var fleet = await ServerFleet.StartAsync(Enumerable.Repeat(database.ConnectionString, Servers), Token);
            await CatalogLoad.PrepareAsync(fleet[0], Token);
            return new FaultRun(database, fleet, seed, output);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The longest that a client had to wait.</summary>
    public TimeSpan LongestWait => _load.LongestWait;

    /// <summary>Breaks something again and again while clients save, and checks all that was promised after each time.</summary>
    public async Task RoundsAsync(Func<Task> breaking)
    {
        for (var round = 1; round <= Rounds.Count; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using var over = new CancellationTokenSource();
            var running = _load.RunAsync(Fleet, over.Token, Token);
            await Task.Delay(Random.Next(100, 600), Token);
            await breaking();
            await Task.Delay(Random.Next(100, 300), Token);
            await over.CancelAsync();
            await running;
            var loaded = Stopwatch.GetElapsedTime(began);
            await CheckAsync();
            _output.WriteLine(
                $"round {round}: {_load.Counts}, {_load.Repetitions}, longest wait {_load.LongestWait.TotalSeconds:F1} s; load {loaded.TotalSeconds:F1} s, checks {(Stopwatch.GetElapsedTime(began) - loaded).TotalSeconds:F1} s");
        }

        await ReportAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task CheckAsync()
    {
        await _load.CheckAsync(Fleet[Random.Next(Fleet.Count)], Token);
        await Fleet.VerifyAsync(Token);
        (await Database.LogAsync()).ShouldNotContain("deadlock detected");
        foreach (var server in Fleet.All)
        {
            server.Output.ShouldNotContain("The database has lost commits", Case.Sensitive, "nothing was lost");
        }
    }

    /// <summary>Which errors the database told, and how often.</summary>
    private async Task ReportAsync()
    {
        var errors = Complaint().Matches(await Database.LogAsync()).Select(match => match.Groups["what"].Value);
        foreach (var kind in errors.CountBy(what => what).OrderByDescending(kind => kind.Value).Take(12))
        {
            _output.WriteLine($"database: {kind.Value} times {kind.Key}");
        }

        _load.Counts.Acknowledged.ShouldBeGreaterThan(Rounds.Count * Clients);
    }

    [GeneratedRegex("(ERROR|FATAL|PANIC):  (?<what>[^\n]*)")]
    private static partial Regex Complaint();
}
