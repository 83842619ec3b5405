using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>The PostgreSQL store keeps API keys as every store must.</summary>
public sealed class PostgresKeyStoreTests(PostgresCluster cluster) : KeyStoreConformance
{
    private PostgresCatalog? _catalog;
    private PostgresCatalogStore? _store;

    protected override async ValueTask<IKeyStore> OpenFreshAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        return (_store = await _catalog.OpenAsync()).Keys;
    }

    protected override async ValueTask<IKeyStore> ReopenAsync()
    {
        await _store!.DisposeAsync();
        return (_store = await _catalog!.OpenAsync()).Keys;
    }

    protected override ValueTask CloseAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
}
