using System.Diagnostics;
using Cartulary.Load.Baselines;
using Cartulary.Load.Driving;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>
/// Measures servers that share a database, all with the same requests, from clients that each stay with one server. The same
/// for every kind of server.
/// </summary>
internal sealed class Contest(Effort effort, Fleet fleet)
{
    /// <summary>How many clients save at once, however many servers there are.</summary>
    public const int Clients = 8;

    private readonly List<Bulk> _stored = [];
    private int _nextTable;
    private long _edition = 1_000_000;

    /// <summary>Runs every server until its code is compiled for speed.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var columns = new List<Bulk[]>();
        foreach (var server in fleet.Targets)
        {
            columns.Add(await WarmUp.CreateAsync(server, _nextTable, cancellationToken));
            _nextTable += WarmUp.TablesUsed;
        }

        await Task.WhenAll(fleet.Targets.Zip(columns, (server, own) => WarmUp.RepeatAsync(server, own, cancellationToken)));
    }

    /// <summary>Measures with so many clients.</summary>
    public async Task<ContestResult> RunAsync(int clients, CancellationToken cancellationToken)
    {
        _stored.Clear();
        var create = await effort.HighestAsync(() => CreateAsync(clients, cancellationToken));
        var unchanged = await effort.HighestAsync(() => SaveAgainAsync(clients, cancellationToken));
        var changed = await effort.HighestAsync(() => ChangeAsync(clients, cancellationToken));
        var single = await SingleAsync(cancellationToken);
        return new ContestResult(create, unchanged, changed, single);
    }

    private async Task<double> CreateAsync(int clients, CancellationToken cancellationToken)
    {
        var tables = effort.CreatedPerRun / Warehouse.ColumnsPerTable;
        await ClosedLoop.OnceAsync(fleet.Targets[0], 1, [.. Warehouse.Tables(_nextTable, tables)], cancellationToken);
        var columns = Warehouse.Columns(_nextTable * Warehouse.ColumnsPerTable, tables * Warehouse.ColumnsPerTable, 100);
        _nextTable += tables;
        if (_stored.Count == 0)
        {
            _stored.AddRange(columns);
        }

        return await DriveAsync(columns, (server, own) => ClosedLoop.OnceAsync(server, ClientsOf(clients), own, cancellationToken));
    }

    private async Task<double> SaveAgainAsync(int clients, CancellationToken cancellationToken)
    {
        var before = await fleet.Targets[0].HeadAsync(cancellationToken);
        var rate = await DriveAsync(
            _stored, (server, own) => ClosedLoop.ForAsync(server, ClientsOf(clients), own, effort.RunTime, prepare: null, cancellationToken));
        Feed.Expect(before, await fleet.Targets[0].HeadAsync(cancellationToken));
        return rate;
    }

    private async Task<double> ChangeAsync(int clients, CancellationToken cancellationToken)
    {
        var (before, start) = (await fleet.Targets[0].HeadAsync(cancellationToken), Interlocked.Read(ref _edition));
        var rate = await DriveAsync(
            _stored,
            (server, own) => ClosedLoop.ForAsync(
                server, ClientsOf(clients), own, effort.RunTime, bulk => bulk.Touch(Interlocked.Increment(ref _edition)), cancellationToken));
        Feed.Expect(before + Interlocked.Read(ref _edition) - start, await fleet.Targets[0].HeadAsync(cancellationToken));
        return rate;
    }

    private async Task<Latencies> SingleAsync(CancellationToken cancellationToken)
    {
        var columns = Warehouse.Columns(0, 1_000, perBody: 1);
        await SingleSaves.SaveAsync(fleet.Targets[0], columns, effort.SingleSaves, () => ++_edition, cancellationToken);
        return await SingleSaves.BestAsync(
            effort, () => SingleSaves.SaveAsync(fleet.Targets[0], columns, effort.SingleSaves, () => ++_edition, cancellationToken));
    }

    private int ClientsOf(int clients) => Math.Max(1, clients / fleet.Targets.Count);

    /// <summary>Each server gets its share of the bodies, always the same ones.</summary>
    private async Task<double> DriveAsync(IReadOnlyList<Bulk> bulks, Func<Target, IReadOnlyList<Bulk>, Task<LoopResult>> drive)
    {
        var start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(fleet.Targets.Select((server, index) =>
            drive(server, [.. bulks.Where((_, number) => number % fleet.Targets.Count == index)])));
        return results.Sum(result => result.Assets) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
