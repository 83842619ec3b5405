using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

[assembly: AssemblyFixture(typeof(CatalogServer))]

namespace Cartulary.Scenarios.Hosting;

/// <summary>One server for all scenarios, on a folder that is deleted at the end. Each scenario has names of its own in it.</summary>
public sealed class CatalogServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-scenarios-");
    private HttpClient? _client;
    private ServerProcess? _process;
    private int _scenarios;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _process = await ServerProcess.StartAsync(Path.Combine(_folder.FullName, "catalog"), CancellationToken.None);
        _client = CatalogHttp.ClientFor(_process.Address);
    }

    /// <summary>Where the server listens.</summary>
    public Uri Address => _process!.Address;

    /// <summary>The catalog as one scenario sees it.</summary>
    public Catalog NewCatalog() => new(_client!, $"s{Interlocked.Increment(ref _scenarios)}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
