using System.Globalization;
using Cartulary.Load.Baselines;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Load.Measuring;

/// <summary>The server on PostgreSQL beside the baseline, each on an empty database of the same durable cluster.</summary>
internal sealed class Postgres(Effort effort, FigureList figures)
{
    private int _databases;

    /// <summary>Measures.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await PostgresServer.StartNewAsync(isDurable: true, cancellationToken);
        foreach (var servers in effort.Servers)
        {
            int[] rounds = servers == 1 ? [1, Contest.Clients] : [Contest.Clients];
            var baseline = await MeasureAsync(
                cluster, (database, _) => Fleet.StartBaselineAsync(servers, database, cancellationToken), rounds, cancellationToken);
            var start = TimeSpan.Zero;
            var ours = await MeasureAsync(
                cluster,
                async (database, folder) =>
                {
                    var fleet = await Fleet.StartCatalogAsync(servers, database, folder, cancellationToken);
                    start = fleet.StartTime;
                    return fleet;
                },
                rounds,
                cancellationToken);
            Show(servers, rounds, ours, baseline);
            figures.Add(new Figure("start", start.TotalMilliseconds, "ms") { Aim = "1,000 ms" });
        }
    }

    private async Task<List<ContestResult>> MeasureAsync(
        PostgresServer cluster, Func<string, string, Task<Fleet>> start, int[] rounds, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        var database = await cluster.NewDatabaseAsync($"bench_{++_databases}", cancellationToken);
        await using var fleet = await start(database, folder.Location);
        var contest = new Contest(effort, fleet);
        await contest.WarmUpAsync(cancellationToken);
        await CheckpointAsync(cluster, cancellationToken);
        var results = new List<ContestResult>();
        foreach (var clients in rounds)
        {
            results.Add(await contest.RunAsync(clients, cancellationToken));
        }

        return results;
    }

    /// <summary>What one contest has left to write must not slow down the next.</summary>
    private static async Task CheckpointAsync(PostgresServer cluster, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var checkpoint = source.CreateCommand("CHECKPOINT");
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Show(int servers, int[] rounds, List<ContestResult> ours, List<ContestResult> baseline)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"{servers} server{(servers == 1 ? "" : "s")}");
        figures.Group($"PostgreSQL, {count}", $"the baseline: upserts of documents and an outbox; as many servers, same clients and bodies");
        foreach (var (clients, own, other) in rounds.Zip(ours, baseline))
        {
            var connections = clients == 1 ? "1 connection" : $"{clients} connections";
            figures.Add(new Figure($"create, {connections}", own.Create, "assets/s") { Bound = other.Create, Aim = "1" });
            figures.Add(new Figure($"save again unchanged, {connections}", own.Unchanged, "assets/s") { Bound = other.Unchanged, Aim = "3" });
            figures.Add(new Figure($"save again, 1 % changed, {connections}", own.Changed, "assets/s") { Bound = other.Changed });
        }

        var (single, upsert) = (ours[^1].Single, baseline[^1].Single);
        figures.Add(new Figure("single save, p50", single.Microseconds(0.5), "us") { Bound = upsert.Microseconds(0.5), Aim = "1,000" });
        figures.Add(new Figure("single save, p99", single.Microseconds(0.99), "us") { Bound = upsert.Microseconds(0.99), Aim = "5,000" });
    }
}
