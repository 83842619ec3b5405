using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>
/// Reads through one connection inside its open transaction. Many keys are looked up one by one with one prepared
/// statement: without a network, and inside a transaction, nothing is faster.
/// </summary>
internal sealed partial class SqliteReadSession(Database database, CatalogHead head, Action<Database>? release) : IReadSession
{
    private const string ByGuid = "SELECT id FROM asset WHERE guid = ?1 AND status <> 3";

    private const string ByKey =
        """
        SELECT k.asset, k.type, a.status
        FROM key k JOIN asset a ON a.id = k.asset
        WHERE k.value = ?1 AND k.kind = ?2
        """;

    private const string AssetColumns =
        """
        SELECT a.id, a.guid, a.type, a.status, a.version, a.created, a.updated, r.state
        FROM asset a JOIN revision r ON r.id = a.rev
        """;

    private const string ById = AssetColumns + " WHERE a.id = ?1 AND a.status <> 3";

    private const string After = AssetColumns + " WHERE a.id > ?1 AND a.status <> 3 ORDER BY a.id";

    private const string Creation = "SELECT created FROM asset WHERE id = ?1";

    private const string Stamp = "SELECT actor, time FROM commit_log WHERE n = ?1";

    private const string AllTypes = "SELECT id, category, definition, attribute_ids FROM type ORDER BY id";

    private readonly Dictionary<long, CommitStamp> _stamps = [];
    private bool _isEnded;

    public CatalogHead Head { get; } = head;

    public ValueTask<IReadOnlyDictionary<Guid, AssetId>> FindByGuidAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken)
    {
        var byGuid = Use(ByGuid, cancellationToken);
        var found = new Dictionary<Guid, AssetId>(guids.Count);
        foreach (var guid in guids)
        {
            if (byGuid.Bind(1, guid).Step())
            {
                found[guid] = new AssetId(byGuid.Long(0));
                byGuid.Reset();
            }
        }

        return new(found);
    }

    public ValueTask<ImmutableArray<KeyMatch>> FindByKeyAsync(IReadOnlyCollection<AssetKey> keys, CancellationToken cancellationToken)
    {
        var byKey = Use(ByKey, cancellationToken);
        var matches = ImmutableArray.CreateBuilder<KeyMatch>(keys.Count);
        foreach (var key in keys)
        {
            byKey.Bind(1, key.Value).Bind(2, key.Kind);
            while (byKey.Step())
            {
                matches.Add(new KeyMatch(key, new AssetId(byKey.Long(0)), byKey.Int(1), (AssetStatus)byKey.Int(2)));
            }
        }

        return new(matches.DrainToImmutable());
    }

    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var byId = Use(ById, cancellationToken);
        var loaded = new Dictionary<AssetId, StoredAsset>(assets.Count);
        foreach (var asset in assets)
        {
            if (byId.Bind(1, asset.Value).Step())
            {
                loaded[asset] = ReadAsset(byId);
                byId.Reset();
            }
        }

        return new(loaded);
    }

    public ValueTask<ImmutableArray<StoredAsset>> ScanAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var scan = Use(After, cancellationToken).Bind(1, after.Value);
        var assets = ImmutableArray.CreateBuilder<StoredAsset>();
        while (assets.Count < limit && scan.Step())
        {
            assets.Add(ReadAsset(scan));
        }

        scan.Reset();
        return new(assets.DrainToImmutable());
    }

    public ValueTask<IReadOnlyDictionary<AssetId, CommitStamp>> CreationsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var creation = Use(Creation, cancellationToken);
        var stamps = new Dictionary<AssetId, CommitStamp>(assets.Count);
        foreach (var asset in assets)
        {
            if (creation.Bind(1, asset.Value).Step())
            {
                stamps[asset] = StampOf(creation.Long(0));
                creation.Reset();
            }
        }

        return new(stamps);
    }

    public ValueTask<ImmutableArray<StoredType>> TypesAsync(CancellationToken cancellationToken)
    {
        var all = Use(AllTypes, cancellationToken);
        var types = ImmutableArray.CreateBuilder<StoredType>();
        while (all.Step())
        {
            var definition = TypeDefJson.Deserialize(Enum.Parse<TypeCategory>(all.Text(1)), all.Blob(2));
            types.Add(new StoredType(all.Int(0), definition, StoredJson.ReadNumbers(all.Blob(3))));
        }

        return new(types.DrainToImmutable());
    }

    public ValueTask<CatalogSettings> SettingsAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        cancellationToken.ThrowIfCancellationRequested();
        return new(SettingsRow.Read(database));
    }

    public ValueTask DisposeAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            release?.Invoke(database);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A statement of the session's connection, inside its snapshot.</summary>
    public Statement Use(string sql, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        cancellationToken.ThrowIfCancellationRequested();
        return database.Prepared(sql);
    }

    private StoredAsset ReadAsset(Statement row) => new(
        new AssetId(row.Long(0)),
        row.Guid(1),
        row.Int(2),
        (AssetStatus)row.Int(3),
        row.Long(4),
        StampOf(row.Long(5)),
        StampOf(row.Long(6)),
        AssetState.Decode(row.Blob(7).ToArray()));

    /// <summary>Neighbours were often saved together, so a commit is read once and remembered.</summary>
    private CommitStamp StampOf(long commit)
    {
        if (!_stamps.TryGetValue(commit, out var stamp))
        {
            var row = database.Prepared(Stamp).Bind(1, commit);
            stamp = row.Step()
                ? new CommitStamp(row.Text(0), row.Long(1))
                : throw new InvalidDataException($"Commit {commit}, which an asset names, is missing.");
            row.Reset();
            _stamps.Add(commit, stamp);
        }

        return stamp;
    }
}
