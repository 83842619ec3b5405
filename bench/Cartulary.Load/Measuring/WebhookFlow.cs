using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;
using Cartulary.Testing.Postgres;

namespace Cartulary.Load.Measuring;

/// <summary>
/// Events to webhooks: how soon their receivers hear of a save, how fast a backlog goes out, and what receivers that hang cost the others; and what readers cost that
/// wait for an event. All receivers are one web server in this process, which answers at once.
/// </summary>
internal sealed class WebhookFlow(Effort effort, FigureList figures)
{
    private const double MiB = 1024 * 1024;

    /// <summary>What the server holds after something was measured.</summary>
    public static Figure Memory(long residentBytes) => new("memory of the server then", residentBytes / MiB, "MiB");

    /// <summary>Measures on the database in the server's folder.</summary>
    public async Task RunSqliteAsync(CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        await MeasureAsync("SQLite", folder.Location, [], cancellationToken);
    }

    /// <summary>Measures on PostgreSQL.</summary>
    public async Task RunPostgresAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await PostgresServer.StartNewAsync(isDurable: true, cancellationToken);
        using var folder = new ScratchFolder();
        var database = await cluster.NewDatabaseAsync("webhooks", cancellationToken);
        await MeasureAsync(
            "PostgreSQL",
            folder.Location,
            new() { ["Storage__Provider"] = "postgres", ["ConnectionStrings__Cartulary"] = database },
            cancellationToken);
    }

    private async Task MeasureAsync(string store, string folder, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        settings["Webhooks__AllowPrivateNetworks"] = "true";
        settings["Webhooks__CallsPerMinute"] = "100000";
        settings["Webhooks__StopSeconds"] = "1";
        await using var receiver = await WebhookReceiver.StartAsync(cancellationToken);
        await using (var server = await CatalogProcess.StartAsync(folder, settings, cancellationToken))
        {
            await server.GuardAsync(async () =>
            {
                await FillAsync(server.Target, cancellationToken);
                await MeasureAsync(store, server, new Webhooks(server.Target, receiver), cancellationToken);
            });
        }

        // Another process, so that its memory tells of readers and of nothing before them.
        settings["Webhooks__Enabled"] = "false";
        settings["Feed__WaitSecondsMax"] = $"{Waiters.WaitSeconds}";
        await using var again = await CatalogProcess.StartAsync(folder, settings, cancellationToken);
        await again.GuardAsync(async () =>
        {
            await WarmUp.SettleAsync(again.Target, Warehouse.Columns(0, 1_000, 100), cancellationToken);
            await WarmUp.IndexAsync(again.Target, cancellationToken);
            await new Waiters(effort, figures, again).RunAsync(store, cancellationToken);
        });
    }

    private async Task MeasureAsync(string store, CatalogProcess server, Webhooks webhooks, CancellationToken cancellationToken)
    {
        var delays = new WebhookDelays(effort, figures, server.Target);
        var first = await webhooks.MakeAsync(await server.Target.HeadAsync(cancellationToken), prefix: "", answers: true, cancellationToken);
        await delays.RunAsync(store, first, () => server.ResidentBytes, cancellationToken);
        await webhooks.RemoveAsync(first, cancellationToken);
        await new WebhookBacklogs(effort.Webhooks, figures, server.Target, webhooks).RunAsync(store, () => server.ResidentBytes, cancellationToken);
        var healthy = await webhooks.MakeAsync(await server.Target.HeadAsync(cancellationToken), prefix: "", answers: true, cancellationToken);
        await new WebhookCrowd(effort, figures, delays, webhooks).RunAsync(store, healthy, server.Target, () => server.ResidentBytes, cancellationToken);
    }

    private async Task FillAsync(Target server, CancellationToken cancellationToken)
    {
        var columns = Warehouse.Columns(0, effort.Webhooks.Columns, 100);
        await ClosedLoop.OnceAsync(server, 1, [.. Warehouse.Tables(0, effort.Webhooks.Columns / Warehouse.ColumnsPerTable)], cancellationToken);
        await ClosedLoop.OnceAsync(server, 4, columns, cancellationToken);
        await WarmUp.SettleAsync(server, columns, cancellationToken);
        await WarmUp.IndexAsync(server, cancellationToken);
    }
}
