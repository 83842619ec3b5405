using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests;

/// <summary>The SQLite store does what every store must do.</summary>
public sealed class SqliteCatalogStoreTests : CatalogStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cartulary-store-").FullName;
    private SqliteCatalogStore? _store;

    protected override async ValueTask<ICatalogStore> OpenFreshAsync(TimeProvider clock) => await OpenAsync(clock);

    protected override async ValueTask<ICatalogStore> ReopenAsync(TimeProvider clock)
    {
        await _store!.DisposeAsync();
        return await OpenAsync(clock);
    }

    protected override async ValueTask CloseAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SqliteCatalogStore> OpenAsync(TimeProvider clock)
    {
        var options = new SqliteStoreOptions { Path = Path.Combine(_folder, "catalog.db") };
        return _store = await SqliteCatalogStore.OpenAsync(
            options, clock, Guid.CreateVersion7, NullLogger<SqliteCatalogStore>.Instance, TestContext.Current.CancellationToken);
    }
}
