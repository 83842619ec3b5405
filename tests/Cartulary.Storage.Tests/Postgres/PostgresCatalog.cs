using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A schema of its own, which goes with it, and the stores opened on it.</summary>
internal sealed class PostgresCatalog : IAsyncDisposable
{
    private const string KeepCopy =
        """
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
                EXECUTE format('CREATE TABLE %I AS TABLE %I', 'kept_' || name, name);
            END LOOP;
        END $$
        """;

    private const string PutCopyBack =
        """
        DO $$ DECLARE name text; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR name IN SELECT substr(tablename, 6) FROM pg_tables WHERE schemaname = current_schema() AND starts_with(tablename, 'kept_') LOOP
                EXECUTE format('DELETE FROM %I', name);
                EXECUTE format('INSERT INTO %I OVERRIDING SYSTEM VALUE TABLE %I', name, 'kept_' || name);
            END LOOP;
        END $$
        """;

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

    /// <summary>Runs a statement in it.</summary>
    public Task RunAsync(string sql) => _schema.RunAsync(sql, TestContext.Current.CancellationToken);

    /// <summary>Keeps a copy of the whole catalog, as a backup does.</summary>
    public Task KeepCopyAsync() => RunAsync(KeepCopy);

    /// <summary>Sets the catalog back to the copy while servers run.</summary>
    public Task PutCopyBackAsync() => RunAsync(PutCopyBack);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await _schema.DisposeAsync();
    }
}
