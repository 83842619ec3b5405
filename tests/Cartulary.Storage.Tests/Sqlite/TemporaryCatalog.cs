using Cartulary.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>A catalog's file in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryCatalog : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cartulary-store-").FullName;
    private readonly List<SqliteCatalogStore> _stores = [];

    /// <summary>The options that stores are opened with.</summary>
    public SqliteStoreOptions Options => field ??= new SqliteStoreOptions { Path = Path };

    /// <summary>The path of the file.</summary>
    public string Path => System.IO.Path.Combine(_folder, "data", "catalog.db");

    /// <summary>Opens a store on the file.</summary>
    public async Task<SqliteCatalogStore> OpenAsync(TimeProvider? clock = null, SqliteStoreOptions? options = null)
    {
        var store = await SqliteCatalogStore.OpenAsync(
            options ?? Options,
            clock ?? TimeProvider.System,
            Guid.CreateVersion7,
            NullLogger<SqliteCatalogStore>.Instance,
            TestContext.Current.CancellationToken);
        _stores.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
