using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Sqlite;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>The SQLite store keeps API keys as every store must.</summary>
public sealed class SqliteKeyStoreTests : KeyStoreConformance
{
    private readonly TemporaryCatalog _catalog = new();
    private SqliteCatalogStore? _store;

    protected override async ValueTask<IKeyStore> OpenFreshAsync() => (_store = await _catalog.OpenAsync()).Keys;

    protected override async ValueTask<IKeyStore> ReopenAsync()
    {
        await _store!.DisposeAsync();
        return (_store = await _catalog.OpenAsync()).Keys;
    }

    protected override ValueTask CloseAsync() => _catalog.DisposeAsync();
}
