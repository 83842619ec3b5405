using Cartulary.Load.Bounds;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>How long one client waits for the save of one asset with one changed attribute, durable.</summary>
internal sealed class SingleSaves(Effort effort, FigureList figures, Target server)
{
    private long _edition = 50_000_000;

    /// <summary>Measures.</summary>
    public async Task RunAsync(RowSizes sizes, CancellationToken cancellationToken)
    {
        var bound = Bound(sizes);
        var columns = Warehouse.Columns(0, 1_000, perBody: 1);
        await SaveAsync(server, columns, effort.SingleSaves, () => ++_edition, cancellationToken);
        var best = await BestAsync(effort, () => SaveAsync(server, columns, effort.SingleSaves, () => ++_edition, cancellationToken));
        figures.Group("One asset, one changed attribute, 1 connection", "bare durable commit of the same rows");
        figures.Add(new Figure("single save, p50", best.Microseconds(0.5), "us") { Bound = bound.Microseconds(0.5), Aim = "1,000; 2" });
        figures.Add(new Figure("single save, p99", best.Microseconds(0.99), "us") { Bound = bound.Microseconds(0.99), Aim = "5,000" });
    }

    /// <summary>The run with the lowest median.</summary>
    public static async Task<Latencies> BestAsync(Effort effort, Func<Task<Latencies>> run)
    {
        var best = await run();
        for (var i = 1; i < effort.Runs; i++)
        {
            var next = await run();
            best = next.Microseconds(0.5) < best.Microseconds(0.5) ? next : best;
        }

        return best;
    }

    /// <summary>Saves one asset after another, each with another description.</summary>
    public static async Task<Latencies> SaveAsync(
        Target server, Bulk[] columns, int saves, Func<long> nextEdition, CancellationToken cancellationToken)
    {
        var work = Enumerable.Range(0, saves).Select(index => Touched(columns[index % columns.Length], nextEdition()));
        return (await ClosedLoop.EachAsync(server, work, cancellationToken)).Latencies;
    }

    private static Bulk Touched(Bulk column, long edition)
    {
        column.Touch(edition);
        return column;
    }

    private Latencies Bound(RowSizes sizes)
    {
        using var folder = new ScratchFolder();
        using var database = new BareDatabase(folder.Location, sizes);
        return Enumerable.Range(0, effort.Runs).Select(_ => database.SingleCommits(effort.SingleSaves)).MinBy(latencies => latencies.Microseconds(0.5))!;
    }

}
