using System.Globalization;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>What a large catalog costs: to fill, to start, to keep in memory.</summary>
internal sealed class Growth(Effort effort, FigureList figures)
{
    private const int Slice = 10_000;
    private const int Clients = 4;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures, in a folder that is still empty.</summary>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        figures.Group("Growth", "the second slice of the same fill, the first still warming up");
        await MeasureStartAsync(folder, "with an empty catalog", cancellationToken);
        await using (var server = await CatalogProcess.StartAsync(folder, cancellationToken))
        {
            await server.GuardAsync(() => FillAsync(server.Target, cancellationToken));
            figures.Add(new Figure("memory after the load", server.ResidentBytes / MiB, "MiB"));
        }

        await MeasureStartAsync(folder, $"with {Number(effort.FilledTo)} assets", cancellationToken);
        var disk = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        figures.Add(new Figure("disk", (double)disk / effort.FilledTo, "B/asset"));
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task MeasureStartAsync(string folder, string what, CancellationToken cancellationToken)
    {
        var memory = double.MaxValue;
        var start = await effort.LowestAsync(async () =>
        {
            await using var server = await CatalogProcess.StartAsync(folder, cancellationToken);
            await Task.Delay(Rest, cancellationToken);
            memory = Math.Min(memory, server.ResidentBytes / MiB);
            return server.StartTime.TotalMilliseconds;
        });
        figures.Add(new Figure($"start {what}", start, "ms") { Aim = "1,000 ms" });
        figures.Add(new Figure($"memory at rest {what}", memory, "MiB") { Aim = "300 MiB" });
    }

    /// <summary>
    /// The first slice warms the server up: after it, what runs often is compiled for speed while one client keeps it running.
    /// Growth is from the second slice to the last.
    /// </summary>
    private async Task FillAsync(Target server, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var assets = 0; assets < effort.FilledTo; assets += Slice)
        {
            rates.Add(await CreateSliceAsync(server, assets, cancellationToken));
            if (assets == 0)
            {
                await WarmUp.SettleAsync(server, Warehouse.Columns(0, Slice, 100), cancellationToken);
            }

            figures.Add(new Figure($"create from {Number(assets)} to {Number(assets + Slice)} assets", rates[^1], "assets/s")
            {
                Bound = rates.Count > 1 ? rates[1] : null,
                Aim = rates.Count > 1 ? "flat" : "",
            });
        }
    }

    private static async Task<double> CreateSliceAsync(Target server, int first, CancellationToken cancellationToken)
    {
        var tables = Slice / Warehouse.ColumnsPerTable;
        await ClosedLoop.OnceAsync(server, 1, [.. Warehouse.Tables(first / Warehouse.ColumnsPerTable, tables)], cancellationToken);
        return (await ClosedLoop.OnceAsync(server, Clients, Warehouse.Columns(first, Slice, 100), cancellationToken)).Rate;
    }
}
