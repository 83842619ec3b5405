using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>The PostgreSQL store does what every store must do.</summary>
public sealed class PostgresConformanceTests(PostgresCluster cluster) : CatalogStoreConformance
{
    private PostgresCatalog? _catalog;
    private PostgresCatalogStore? _store;

    protected override async ValueTask<ICatalogStore> OpenFreshAsync(TimeProvider clock)
    {
        await CloseAsync();
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        return _store = await _catalog.OpenAsync(clock);
    }

    protected override async ValueTask<ICatalogStore> ReopenAsync(TimeProvider clock)
    {
        await _store!.DisposeAsync();
        return _store = await _catalog!.OpenAsync(clock);
    }

    protected override ValueTask CloseAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
}
