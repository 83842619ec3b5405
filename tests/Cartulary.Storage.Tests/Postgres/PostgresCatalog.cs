using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A database of its own, which goes with it, and the stores opened on it.</summary>
internal sealed class PostgresCatalog : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly List<PostgresCatalogStore> _stores = [];

    private PostgresCatalog(PostgresDatabase database) => _database = database;

    /// <summary>Connects to the database.</summary>
    public string ConnectionString => _database.ConnectionString;

    public static async Task<PostgresCatalog> CreateAsync(PostgresCluster cluster) =>
        new(await cluster.NewDatabaseAsync(TestContext.Current.CancellationToken));

    /// <summary>Opens a store on the database, beside those that are open.</summary>
    public async Task<PostgresCatalogStore> OpenAsync(TimeProvider? clock = null, PostgresStoreOptions? options = null)
    {
        var store = await PostgresCatalogStore.OpenAsync(
            options ?? new PostgresStoreOptions { ConnectionString = ConnectionString },
            clock ?? TimeProvider.System,
            Guid.CreateVersion7,
            NullLogger<PostgresCatalogStore>.Instance,
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

        await _database.DisposeAsync();
    }
}
