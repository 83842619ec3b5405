using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Hosting;

/// <summary>An open catalog with all that works on it; disposing finishes the saves that wait and closes it.</summary>
internal sealed class Catalog : IAsyncDisposable
{
    private readonly SqliteCatalogStore _store;

    private Catalog(SqliteCatalogStore store, TypeRegistrySource types, IIdSource ids, Settings settings)
    {
        _store = store;
        Types = types;
        Saver = new Saver(store, types, ids, settings.Limits.ForSaves());
        Reader = new AssetReader(store, types, settings.Limits.EdgesPerEnd);
        History = new AssetHistory(store, types);
        Feed = new EventFeed(store, types, settings.Feed.ForReading());
        Snapshots = new SnapshotReader(store, types, settings.Feed.ForReading());
    }

    /// <summary>Keeps the catalog.</summary>
    public ICatalogStore Store => _store;

    /// <summary>Keeps the API keys.</summary>
    public IKeyStore Keys => _store.Keys;

    /// <summary>Its types.</summary>
    public TypeRegistrySource Types { get; }

    /// <summary>Saves.</summary>
    public Saver Saver { get; }

    /// <summary>Reads assets.</summary>
    public AssetReader Reader { get; }

    /// <summary>Tells how assets came to be what they are.</summary>
    public AssetHistory History { get; }

    /// <summary>Reads events.</summary>
    public EventFeed Feed { get; }

    /// <summary>Reads all assets, for those who start over.</summary>
    public SnapshotReader Snapshots { get; }

    /// <summary>Opens the catalog of a folder, which is made when missing.</summary>
    public static async Task<Catalog> OpenAsync(
        string folder, Settings settings, IIdSource ids, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new SqliteStoreOptions { Path = Path.Combine(folder, "catalog.db") };
        var store = await SqliteCatalogStore.OpenAsync(options, clock, ids.NewGuid, loggers.CreateLogger<SqliteCatalogStore>(), cancellationToken);
        try
        {
            var context = new CommitContext(
                ids.NewGuid(), "cartulary", "start", DeleteHandler: null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
            var types = await TypeRegistrySource.OpenAsync(store, BuiltInModel.Load(), context, clock, ids.NewGuid, cancellationToken);
            return new Catalog(store, types, ids, settings);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Feed.Dispose();
    }
}
