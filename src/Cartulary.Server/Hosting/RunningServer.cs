using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Cartulary.Server.Hosting;

/// <summary>A server that listens. Disposing stops taking requests, finishes those under way, and closes the catalog last.</summary>
internal sealed class RunningServer(WebApplication app, Catalog catalog, ServerParts parts) : IAsyncDisposable
{
    /// <summary>The addresses it listens on, with real ports.</summary>
    public IReadOnlyCollection<string> Addresses => [.. app.Urls];

    /// <summary>The catalog.</summary>
    public Catalog Catalog => catalog;

    /// <summary>How many readers of the feed wait for events.</summary>
    public int Waiters => parts.Waiting.Waiters;

    /// <summary>Stops taking requests and finishes those under way; the catalog stays open until disposal.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    /// <summary>Completes when the process is asked to stop, or the token is cancelled; the server has stopped then.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await parts.DisposeAsync();
        await catalog.DisposeAsync();
    }
}
