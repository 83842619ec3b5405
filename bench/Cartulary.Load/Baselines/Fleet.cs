using Cartulary.Load.Driving;
using Cartulary.Load.Processes;

namespace Cartulary.Load.Baselines;

/// <summary>Servers of one kind on one database.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _processes = [];
    private readonly List<Target> _targets = [];

    private Fleet()
    {
    }

    /// <summary>Where each takes bodies.</summary>
    public IReadOnlyList<Target> Targets => _targets;

    /// <summary>The shortest time that one of them took to start.</summary>
    public TimeSpan StartTime { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Starts so many of the servers that are measured, one after another.</summary>
    public static async Task<Fleet> StartCatalogAsync(int servers, string database, string folder, CancellationToken cancellationToken)
    {
        var fleet = new Fleet();
        for (var i = 0; i < servers; i++)
        {
            var server = await CatalogProcess.StartAsync(Path.Combine(folder, Path.GetRandomFileName()), database, cancellationToken);
            fleet._processes.Add(server);
            fleet._targets.Add(server.Target);
            fleet.StartTime = server.StartTime < fleet.StartTime ? server.StartTime : fleet.StartTime;
        }

        return fleet;
    }

    /// <summary>Starts so many servers of the baseline on an empty database.</summary>
    public static async Task<Fleet> StartBaselineAsync(int servers, string database, CancellationToken cancellationToken)
    {
        await UpsertServer.CreateSchemaAsync(database, cancellationToken);
        var fleet = new Fleet();
        for (var i = 0; i < servers; i++)
        {
            var (child, address) = await UpsertServer.StartAsync(database, cancellationToken);
            fleet._processes.Add(child);
            fleet._targets.Add(new Target(address, UpsertServer.Path, key: null));
        }

        return fleet;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _targets.ForEach(target => target.Dispose());
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
