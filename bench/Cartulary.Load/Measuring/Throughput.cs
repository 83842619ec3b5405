using Cartulary.Load.Bounds;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Assets in a second: created, saved again unchanged, saved again with one of a hundred changed.</summary>
internal sealed class Throughput(Effort effort, FigureList figures, Target server)
{
    private readonly List<Bulk> _stored = [];
    private int _nextTable = WarmUp.TablesUsed;
    private long _edition = 1_000_000;

    /// <summary>Measures, with bodies of 100 columns.</summary>
    public async Task RunAsync(RowSizes sizes, CancellationToken cancellationToken)
    {
        var inserts = await BareInsertsAsync(sizes);
        figures.Group("Create, 100 assets a request", $"bare inserts of the same rows, 100 a commit; states of {sizes.State} bytes");
        foreach (var clients in Effort.Clients)
        {
            var rate = await effort.HighestAsync(() => CreateAsync(clients, cancellationToken));
            figures.Add(new Figure($"create, {Connections(clients)}", rate, "assets/s") { Bound = inserts, Aim = "28,000/s; 0.7" });
        }

        var walks = await BareWalksAsync(cancellationToken);
        figures.Group("Save again, 100 assets a request", "bare endpoint that reads, walks, hashes and looks up, same clients and bodies");
        foreach (var (clients, bound) in Effort.Clients.Zip(walks))
        {
            var rate = await effort.HighestAsync(() => SaveAgainAsync(clients, cancellationToken));
            figures.Add(new Figure($"save again unchanged, {Connections(clients)}", rate, "assets/s") { Bound = bound, Aim = "250,000/s; 0.5" });
        }

        foreach (var (clients, bound) in Effort.Clients.Zip(walks))
        {
            var rate = await effort.HighestAsync(() => ChangeAsync(clients, cancellationToken));
            figures.Add(new Figure($"save again, 1 % changed, {Connections(clients)}", rate, "assets/s") { Bound = bound, Aim = "150,000/s" });
        }
    }

    private static string Connections(int clients) => clients == 1 ? "1 connection" : $"{clients} connections";

    private async Task<double> BareInsertsAsync(RowSizes sizes)
    {
        using var folder = new ScratchFolder();
        using var database = new BareDatabase(folder.Location, sizes);
        return await effort.HighestAsync(() => Task.FromResult(database.InsertsPerSecond(2 * effort.CreatedPerRun)));
    }

    private async Task<List<double>> BareWalksAsync(CancellationToken cancellationToken)
    {
        var (child, address) = await BareEndpoint.StartAsync(cancellationToken);
        await using (child)
        {
            using var target = new Target(address, BareEndpoint.Path, key: null);
            await ClosedLoop.ForAsync(target, 2, _stored, TimeSpan.FromSeconds(1), prepare: null, cancellationToken);
            var rates = new List<double>();
            foreach (var clients in Effort.Clients)
            {
                rates.Add(await effort.HighestAsync(async () =>
                    (await ClosedLoop.ForAsync(target, clients, _stored, effort.RunTime, prepare: null, cancellationToken)).Rate));
            }

            return rates;
        }
    }

    private async Task<double> CreateAsync(int clients, CancellationToken cancellationToken)
    {
        var tables = effort.CreatedPerRun / Warehouse.ColumnsPerTable;
        await ClosedLoop.OnceAsync(server, 1, [.. Warehouse.Tables(_nextTable, tables)], cancellationToken);
        var columns = Warehouse.Columns(_nextTable * Warehouse.ColumnsPerTable, tables * Warehouse.ColumnsPerTable, 100);
        _nextTable += tables;
        if (_stored.Count < effort.CreatedPerRun / 100)
        {
            _stored.AddRange(columns);
        }

        return (await ClosedLoop.OnceAsync(server, clients, columns, cancellationToken)).Rate;
    }

    private async Task<double> SaveAgainAsync(int clients, CancellationToken cancellationToken)
    {
        var before = await server.HeadAsync(cancellationToken);
        var result = await ClosedLoop.ForAsync(server, clients, _stored, effort.RunTime, prepare: null, cancellationToken);
        Feed.Expect(before, await server.HeadAsync(cancellationToken));
        return result.Rate;
    }

    private async Task<double> ChangeAsync(int clients, CancellationToken cancellationToken)
    {
        var before = await server.HeadAsync(cancellationToken);
        var result = await ClosedLoop.ForAsync(server, clients, _stored, effort.RunTime, bulk => bulk.Touch(Interlocked.Increment(ref _edition)), cancellationToken);
        Feed.Expect(before + (result.Assets / 100), await server.HeadAsync(cancellationToken));
        return result.Rate;
    }
}
