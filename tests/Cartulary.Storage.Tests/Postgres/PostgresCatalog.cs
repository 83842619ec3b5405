using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A schema of its own, which goes with it, and the stores opened on it.</summary>
internal sealed class PostgresCatalog : IAsyncDisposable
{
    private readonly PostgresSchema _schema;
    private readonly List<PostgresCatalogStore> _stores = [];

    private PostgresCatalog(PostgresSchema schema) => _schema = schema;

    /// <summary>Connects to the catalog.</summary>
    public string ConnectionString => _schema.ConnectionString;

    public static async Task<PostgresCatalog> CreateAsync(PostgresCluster cluster) =>
        new(await cluster.NewSchemaAsync(TestContext.Current.CancellationToken));

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

        await _schema.DisposeAsync();
    }
}
