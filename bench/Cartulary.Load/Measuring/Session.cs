using Cartulary.Load.Figures;
using Cartulary.Load.Processes;

namespace Cartulary.Load.Measuring;

/// <summary>One run of the whole bench, from an empty catalog to a large one.</summary>
internal static class Session
{
    /// <summary>Measures everything.</summary>
    public static async Task RunAsync(Effort effort, FigureList figures, CancellationToken cancellationToken)
    {
        using var small = new ScratchFolder();
        await using (var server = await CatalogProcess.StartAsync(small.Location, cancellationToken))
        {
            await server.GuardAsync(async () =>
            {
                var sizes = await WarmUp.RunAsync(server, small.Location, cancellationToken);
                await new Throughput(effort, figures, server.Target).RunAsync(sizes, cancellationToken);
                await new SingleSaves(effort, figures, server.Target).RunAsync(sizes, cancellationToken);
                await new HotParents(effort, figures, server.Target).RunAsync(cancellationToken);
            });
        }

        await RunStreamsAsync(effort, figures, cancellationToken);
        using var large = new ScratchFolder();
        await new Growth(effort, figures).RunAsync(large.Location, cancellationToken);
    }

    /// <summary>Measures what concerns readers of events.</summary>
    public static async Task RunStreamsAsync(Effort effort, FigureList figures, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        await new Streams(effort, figures).RunAsync(folder.Location, cancellationToken);
    }
}
