using System.Collections.Immutable;
using System.Security.Cryptography;
using Cartulary.Core.Events;
using Cartulary.Core.Export;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Core.Query;
using Cartulary.Core.Query.Audit;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Import;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Tags;
using Cartulary.Core.Types;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Hosting;

/// <summary>An open catalog with all that works on it; disposing finishes the saves that wait and closes it.</summary>
internal sealed class Catalog : IAsyncDisposable
{
    private readonly OpenStore _store;

    private Catalog(OpenStore store, TypeRegistrySource types, IIdSource ids, Settings settings)
    {
        _store = store;
        Types = types;
        Saver = new Saver(store.Store, types, ids, settings.Limits.ForSaves());
        TagJob = new TagJob(store.Store, types, ids, settings.Limits.ForSaves());
        ShortCut = ShortCutOf(settings);
        Reader = new AssetReader(store.Store, types, settings.Limits.EdgesPerEnd);
        Relationships = new RelationshipReader(store.Store, types);
        History = new AssetHistory(store.Store, types);
        Exports = new ExportReader(store.Store, types);
        Importer = new Importer(store.Store, types, ids, settings.Limits.ForSaves());
        Audit = new AuditReader(store.Store, types, settings.Audit.ForSearching());
        Feed = new EventFeed(store.Store, types, settings.Feed.ForReading());
        Snapshots = new SnapshotReader(store.Store, types, settings.Feed.ForReading());
    }

    /// <summary>Keeps the catalog.</summary>
    public ICatalogStore Store => _store.Store;

    /// <summary>Keeps the API keys.</summary>
    public IKeyStore Keys => _store.Keys;

    /// <summary>Says which server does what only one may do.</summary>
    public ILeases Leases => _store.Leases;

    /// <summary>Opens what keeps webhooks and how far each has come; whoever opens it closes it before the catalog.</summary>
    public IDeliveryStore OpenDeliveries() => _store.OpenDeliveries();

    /// <summary>Says to people where it is kept.</summary>
    public string Place => _store.Place;

    /// <summary>Its types.</summary>
    public TypeRegistrySource Types { get; }

    /// <summary>Saves.</summary>
    public Saver Saver { get; }

    /// <summary>Passes on the tags that saves leave for later.</summary>
    public TagJob TagJob { get; }

    /// <summary>Saves, and spares what was sent before its comparison; null when that is switched off or the store cannot be watched.</summary>
    public ShortCutSaver? ShortCut { get; }

    /// <summary>Reads assets.</summary>
    public AssetReader Reader { get; }

    /// <summary>Reads relationships by themselves.</summary>
    public RelationshipReader Relationships { get; }

    /// <summary>Tells how assets came to be what they are.</summary>
    public AssetHistory History { get; }

    /// <summary>Gives the catalog as a file.</summary>
    public ExportReader Exports { get; }

    /// <summary>Takes such a file in.</summary>
    public Importer Importer { get; }

    /// <summary>Searches the audit.</summary>
    public AuditReader Audit { get; }

    /// <summary>Reads events.</summary>
    public EventFeed Feed { get; }

    /// <summary>Reads all assets, for those who start over.</summary>
    public SnapshotReader Snapshots { get; }

    /// <summary>Opens the catalog that the settings name, which is made when missing.</summary>
    public static async Task<Catalog> OpenAsync(
        string folder, Settings settings, IIdSource ids, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        await OpenAsync(await OpenStore.OpenAsync(folder, settings, ids, clock, loggers, cancellationToken), settings, ids, clock, cancellationToken);

    /// <summary>Opens the catalog of a store, which is closed with it.</summary>
    public static async Task<Catalog> OpenAsync(
        OpenStore store, Settings settings, IIdSource ids, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var context = new CommitContext(
                ids.NewGuid(), "cartulary", "start", DeleteHandler: null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
            var types = await TypeRegistrySource.OpenAsync(store.Store, BuiltInModel.Load(), context, clock, ids.NewGuid, cancellationToken);
            return new Catalog(store, types, ids, settings);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private ShortCutSaver? ShortCutOf(Settings settings)
    {
        var entries = settings.ShortCut.EntriesFor(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (entries == 0)
        {
            return null;
        }

        var cache = new VerdictCache(entries);
        var seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        return cache.TryFollow(Store) ? new ShortCutSaver(Store, Saver, Types, settings.Limits.ForSaves(), cache, seed) : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Feed.Dispose();
        Audit.Dispose();
    }
}
