using System.Collections.Concurrent;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

[assembly: AssemblyFixture(typeof(CatalogServer))]

namespace Cartulary.Scenarios.Hosting;

/// <summary>
/// One catalog for all scenarios; each scenario has names of its own in it. <c>CARTULARY_SCENARIOS</c> says where it is:
/// sqlite, a file, is the default; postgres is a database behind one server, postgres-three the same behind three, of which
/// every request goes to the next. One of the three compares every save in full: what the short cut spares must not show.
/// </summary>
public sealed class CatalogServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-scenarios-");
    private readonly PostgresCluster _postgres = new();
    private readonly SocketsHttpHandler _connections = new();
    private readonly ConcurrentQueue<HttpClient> _clients = new();
    private readonly string _kind = Environment.GetEnvironmentVariable("CARTULARY_SCENARIOS") is { Length: > 0 } given ? given : "sqlite";
    private IReadOnlyList<ServerProcess> _servers = [];
    private int _scenarios;

    private int Count => _kind switch
    {
        "sqlite" or "postgres" => 1,
        "postgres-three" => 3,
        _ => throw new InvalidOperationException($"CARTULARY_SCENARIOS is {_kind}; it may be sqlite, postgres or postgres-three."),
    };

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var count = Count;
        var place = await NewPlaceAsync(CancellationToken.None);
        _servers = [.. Enumerable.Range(0, count).Select(number => ServerProcess.Start(
            Path.Combine(_folder.FullName, $"catalog-{number}"), number == 2 ? [.. place, new("ShortCut__Entries", "0")] : place))];
        await Task.WhenAll(_servers.Select(server => server.WaitUntilReadyAsync(CancellationToken.None)));
    }

    /// <summary>The settings that put a server on a new catalog of its own, beside its folder.</summary>
    public async Task<KeyValuePair<string, string>[]> NewPlaceAsync(CancellationToken cancellationToken) => _kind == "sqlite"
        ? []
        : ServerProcess.OnPostgres((await _postgres.NewSchemaAsync(cancellationToken)).ConnectionString);

    /// <summary>A client whose requests go to the servers in turn.</summary>
    public HttpClient NewClient(HttpMessageHandler connections)
    {
        var addresses = _servers.Select(server => server.Address).ToList();
        return new HttpClient(new InTurn(addresses, connections)) { BaseAddress = addresses[0] };
    }

    /// <summary>The catalog as one scenario sees it.</summary>
    public Catalog NewCatalog()
    {
        var client = CatalogHttp.WithKey(new HttpClient(new InTurn([.. _servers.Select(server => server.Address)], _connections), disposeHandler: false)
        {
            BaseAddress = _servers[0].Address,
        });
        _clients.Enqueue(client);
        return new Catalog(client, $"s{Interlocked.Increment(ref _scenarios)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _connections.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
