using Cartulary.Load.Driving;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Lets a new server run until its code is compiled for speed.</summary>
internal static class WarmUp
{
    /// <summary>How many tables the warm-up of a server uses.</summary>
    public const int TablesUsed = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>Creates assets, from the table of this number on, and gives the bodies of the columns.</summary>
    public static async Task<Bulk[]> CreateAsync(Target server, int firstTable, CancellationToken cancellationToken)
    {
        await ClosedLoop.OnceAsync(server, 1, [.. Warehouse.Tables(firstTable, TablesUsed)], cancellationToken);
        var columns = Warehouse.Columns(firstTable * Warehouse.ColumnsPerTable, TablesUsed * Warehouse.ColumnsPerTable, 100);
        await ClosedLoop.OnceAsync(server, 2, columns, cancellationToken);
        return columns;
    }

    /// <summary>Saves them again, and changes some.</summary>
    public static async Task RepeatAsync(Target server, Bulk[] columns, CancellationToken cancellationToken)
    {
        await ClosedLoop.ForAsync(server, 2, columns, Time, prepare: null, cancellationToken);
        await SettleAsync(server, columns, cancellationToken);
    }

    /// <summary>One client changes assets and leaves a core to the compiler, which then catches up.</summary>
    public static async Task SettleAsync(Target server, Bulk[] columns, CancellationToken cancellationToken)
    {
        var edition = 0L;
        await ClosedLoop.ForAsync(server, 1, columns, Time, bulk => bulk.Touch(++edition), cancellationToken);
        await Task.Delay(Time / 2, cancellationToken);
    }

    /// <summary>Waits until the search index has followed all that was saved: it shares the server's cores.</summary>
    public static async Task IndexAsync(Target server, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await server.CallAsync(
                    HttpMethod.Post, "/api/meta/search/indexsearch", """{"dsl":{"from":0,"size":1,"query":{"match_all":{}}}}""", cancellationToken);
                return;
            }
            catch (InvalidOperationException behind) when (behind.Message.StartsWith("503", StringComparison.Ordinal))
            {
                // It waits for as long as a search may, so asking again at once asks seldom.
            }
        }
    }
}
