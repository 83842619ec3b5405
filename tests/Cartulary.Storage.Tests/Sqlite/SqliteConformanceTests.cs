using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Sqlite;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>The SQLite store does what every store must do.</summary>
public sealed class SqliteConformanceTests : CatalogStoreConformance
{
    private TemporaryCatalog _catalog = new();
    private SqliteCatalogStore? _store;

    protected override async ValueTask<ICatalogStore> OpenFreshAsync(TimeProvider clock)
    {
        await _catalog.DisposeAsync();
        _catalog = new TemporaryCatalog();
        return _store = await _catalog.OpenAsync(clock);
    }

    protected override async ValueTask<ICatalogStore> ReopenAsync(TimeProvider clock)
    {
        await _store!.DisposeAsync();
        return _store = await _catalog.OpenAsync(clock);
    }

    protected override ValueTask CloseAsync() => _catalog.DisposeAsync();
}
