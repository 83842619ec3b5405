using Cartulary.Load.Bounds;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;

namespace Cartulary.Load.Measuring;

/// <summary>One run of the whole bench, from an empty catalog to a large one.</summary>
internal static class Session
{
    /// <summary>Measures the server on the database in its folder, beside its bounds.</summary>
    public static async Task RunSqliteAsync(Effort effort, FigureList figures, CancellationToken cancellationToken)
    {
        using var small = new ScratchFolder();
        await using (var server = await CatalogProcess.StartAsync(small.Location, cancellationToken))
        {
            await server.GuardAsync(async () =>
            {
                var columns = await WarmUp.CreateAsync(server.Target, firstTable: 0, cancellationToken);
                var sizes = RowSizes.Read(small.Location);
                await WarmUp.RepeatAsync(server.Target, columns, cancellationToken);
                await new Throughput(effort, figures, server.Target).RunAsync(sizes, cancellationToken);
                await new SingleSaves(effort, figures, server.Target).RunAsync(sizes, cancellationToken);
                await new HotParents(effort, figures, server.Target).RunAsync(cancellationToken);
            });
        }

        using var large = new ScratchFolder();
        await new Growth(effort, figures).RunAsync(large.Location, cancellationToken);
    }

    /// <summary>Measures the server on PostgreSQL, beside the baseline.</summary>
    public static Task RunPostgresAsync(Effort effort, FigureList figures, CancellationToken cancellationToken) =>
        new Postgres(effort, figures).RunAsync(cancellationToken);

    /// <summary>Measures changes that reach many assets, on both stores.</summary>
    public static Task RunLargeAsync(Effort effort, FigureList figures, CancellationToken cancellationToken) =>
        new LargeChanges(effort, figures).RunAsync(cancellationToken);

    /// <summary>Measures what concerns readers of events.</summary>
    public static async Task RunStreamsAsync(Effort effort, FigureList figures, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        await new Streams(effort, figures).RunAsync(folder.Location, cancellationToken);
    }

    /// <summary>Measures how events come to Kafka.</summary>
    public static async Task RunKafkaAsync(Effort effort, FigureList figures, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        await new KafkaFlow(effort, figures).RunAsync(folder.Location, cancellationToken);
    }
}
