using System.Diagnostics;
using System.Text.RegularExpressions;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Three servers on one catalog, under load, while something breaks; and what must hold afterwards.</summary>
internal sealed partial class FaultRun
{
    private const int Servers = 3;
    private const int Clients = 6;

    // A frozen server is cut off within 5 seconds, one that has to be asked again may be frozen too.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(20);

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

    /// <summary>
    /// Breaks something while clients save, and checks all that was promised; again and again, each time on a catalog of its
    /// own, so that the checks do not take longer each time.
    /// </summary>
    public static async Task RoundsAsync(ITestOutputHelper output, Func<FaultRun, Task> breaking)
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        for (var round = 1; round <= Rounds.Count; round++)
        {
            var seed = Environment.TickCount;
            var place = await database.NewDatabaseAsync($"round_{round}", Token);
            await using var fleet = await ServerFleet.StartAsync(Enumerable.Repeat(place, Servers), Token);
            await CatalogLoad.PrepareAsync(fleet[0], Token);
            output.WriteLine($"round {round}, seed {seed}");
            await new FaultRun(database, fleet, seed, output).RunAsync(breaking);
        }

        await ReportAsync(database, output);
    }

    private async Task RunAsync(Func<FaultRun, Task> breaking)
    {
        var began = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var running = _load.RunAsync(Fleet, over.Token, Token);
        await Task.Delay(Random.Next(500, 1_500), Token);
        await breaking(this);
        await Task.Delay(Random.Next(500, 1_500), Token);
        var answered = Stopwatch.GetTimestamp();
        while (_load.Counts.Acknowledged <= Clients && Stopwatch.GetElapsedTime(answered) < LongestHold)
        {
            await Task.Delay(50, Token);
        }

        await over.CancelAsync();
        await running;
        var loaded = Stopwatch.GetElapsedTime(began);
        await CheckAsync();
        var (acknowledged, _, events) = _load.Counts;
        var (repeated, replayed) = _load.Repetitions;
        _output.WriteLine(
            $"  {acknowledged} requests, {events} events, {repeated} sent again, {replayed} replayed, longest wait {_load.LongestWait.TotalSeconds:F1} s; "
            + $"load {loaded.TotalSeconds:F1} s, checks {(Stopwatch.GetElapsedTime(began) - loaded).TotalSeconds:F1} s");
        acknowledged.ShouldBeGreaterThan(Clients);
        _load.LongestWait.ShouldBeLessThan(LongestHold);
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
    private static async Task ReportAsync(PostgresServer database, ITestOutputHelper output)
    {
        var errors = Complaint().Matches(await database.LogAsync()).Select(match => match.Groups["what"].Value);
        foreach (var kind in errors.CountBy(what => what).OrderByDescending(kind => kind.Value).Take(12))
        {
            output.WriteLine($"database: {kind.Value} times {kind.Key}");
        }
    }

    [GeneratedRegex("(ERROR|FATAL|PANIC):  (?<what>[^\n]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Complaint();
}
