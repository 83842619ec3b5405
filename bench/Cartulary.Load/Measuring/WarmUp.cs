using Cartulary.Load.Bounds;
using Cartulary.Load.Driving;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Lets a new server run until its code is compiled for speed.</summary>
internal static class WarmUp
{
    /// <summary>The first number of a table that the warm-up does not use.</summary>
    public const int TablesUsed = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>Creates, saves again and changes some assets; the result is how large their rows are.</summary>
    public static async Task<RowSizes> RunAsync(CatalogProcess server, string folder, CancellationToken cancellationToken)
    {
        await ClosedLoop.OnceAsync(server.Target, 1, [.. Warehouse.Tables(0, TablesUsed)], cancellationToken);
        var columns = Warehouse.Columns(0, TablesUsed * Warehouse.ColumnsPerTable, 100);
        await ClosedLoop.OnceAsync(server.Target, 2, columns, cancellationToken);
        var sizes = RowSizes.Read(folder);
        await ClosedLoop.ForAsync(server.Target, 2, columns, Time, prepare: null, cancellationToken);
        await SettleAsync(server.Target, columns, cancellationToken);
        return sizes;
    }

    /// <summary>One client changes assets and leaves a core to the compiler, which then catches up.</summary>
    public static async Task SettleAsync(Target server, Bulk[] columns, CancellationToken cancellationToken)
    {
        var edition = 0L;
        await ClosedLoop.ForAsync(server, 1, columns, Time, bulk => bulk.Touch(++edition), cancellationToken);
        await Task.Delay(Time / 2, cancellationToken);
    }
}
