using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// Rows that members of a group write, column by column, until they go over together: one statement a table, however many
/// members and rows. Within a table's order nothing depends on the member; what a later member undoes is seen to before.
/// </summary>
internal sealed class RowBuffer
{
    private const string CloseEdges =
        "UPDATE edge SET closed = x.n FROM unnest($1, $2) AS x (id, n) WHERE edge.id = x.id AND edge.closed IS NULL";

    private const string DeleteKeys =
        """
        DELETE FROM key USING unnest($1, $2, $3, $4) AS x (value, kind, type, asset)
        WHERE key.value = x.value AND key.kind = x.kind AND key.type = x.type AND key.asset = x.asset
        """;

    private const string InsertRevisions =
        "INSERT INTO revision (id, asset, prev, commit_n, state) SELECT * FROM unnest($1, $2, $3, $4, $5)";

    private const string InsertAssets =
        """
        INSERT INTO asset (id, guid, type, status, version, rev, created, updated)
        SELECT x.id, x.guid, x.type, 1, 1, x.rev, x.n, x.n FROM unnest($1, $2, $3, $4, $5) AS x (id, guid, type, rev, n)
        """;

    private const string UpdateAssets =
        """
        UPDATE asset SET version = x.version, rev = x.rev, status = x.status, updated = x.n
        FROM unnest($1, $2, $3, $4, $5) AS x (id, version, rev, status, n)
        WHERE asset.id = x.id
        """;

    private const string InsertKeys = "INSERT INTO key (value, kind, type, asset) SELECT * FROM unnest($1, $2, $3, $4)";

    private const string InsertEdges =
        "INSERT INTO edge (id, link, type, end1, end2, opened, attributes) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)";

    private const string InsertTouches =
        "INSERT INTO touch (asset, version, commit_n, idx, rev, status) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)";

    private readonly KeyColumns _addedKeys = new();
    private readonly KeyColumns _removedKeys = new();
    private readonly Dictionary<long, int> _updatePlaces = [];
    private List<long> _closedEdges = [], _closedBy = [];
    private List<long> _revisions = [], _revisionAssets = [], _revisionCommits = [];
    private List<long?> _previous = [];
    private List<byte[]> _states = [];
    private List<long> _assets = [], _assetRevisions = [], _assetCommits = [];
    private List<Guid> _guids = [];
    private List<int> _types = [];
    private List<long> _updated = [], _versions = [], _updatedRevisions = [], _updatedBy = [];
    private List<short> _statuses = [];
    private List<long> _edges = [], _links = [], _ends1 = [], _ends2 = [], _openedBy = [];
    private List<int> _edgeTypes = [];
    private List<byte[]?> _edgeAttributes = [];
    private List<long> _touched = [], _touchedVersions = [], _touchedBy = [];
    private List<int?> _tellingEvents = [];
    private List<long> _touchedRevisions = [];
    private List<short> _touchedStatuses = [];

    public void CloseEdge(long edge, long commit)
    {
        _closedEdges.Add(edge);
        _closedBy.Add(commit);
    }

    public void AddRevision(long revision, long asset, long? previous, long commit, byte[] state)
    {
        _revisions.Add(revision);
        _revisionAssets.Add(asset);
        _previous.Add(previous);
        _revisionCommits.Add(commit);
        _states.Add(state);
    }

    public void AddAsset(long asset, Guid guid, int typeId, long revision, long commit)
    {
        _assets.Add(asset);
        _guids.Add(guid);
        _types.Add(typeId);
        _assetRevisions.Add(revision);
        _assetCommits.Add(commit);
    }

    /// <summary>Sets an asset's row to what is known of it now; several members may, and the last one counts.</summary>
    public void UpdateAsset(long asset, AssetTrack track, long commit)
    {
        if (!_updatePlaces.TryGetValue(asset, out var place))
        {
            _updatePlaces.Add(asset, _updated.Count);
            _updated.Add(asset);
            _versions.Add(track.Version);
            _updatedRevisions.Add(track.Revision);
            _statuses.Add((short)track.Status);
            _updatedBy.Add(commit);
            return;
        }

        _versions[place] = track.Version;
        _updatedRevisions[place] = track.Revision;
        _statuses[place] = (short)track.Status;
        _updatedBy[place] = commit;
    }

    /// <summary>Notes a version that an asset has reached, as it is known now.</summary>
    public void AddTouch(long asset, AssetTrack track, long commit, int? tellingEvent)
    {
        _touched.Add(asset);
        _touchedVersions.Add(track.Version);
        _touchedRevisions.Add(track.Revision);
        _touchedStatuses.Add((short)track.Status);
        _touchedBy.Add(commit);
        _tellingEvents.Add(tellingEvent);
    }

    public void AddKey(AssetKey key, int typeId, long asset) => _addedKeys.Add(key, typeId, asset);

    public void RemoveKey(AssetKey key, int typeId, long asset) => _removedKeys.Add(key, typeId, asset);

    /// <summary>Whether a key is gained in the buffer; all keys are lost before any is gained, so it could not be lost here.</summary>
    public bool Gains(AssetKey key, long asset) => _addedKeys.Holds(key, asset);

    public void OpenEdge(long edge, EdgeInsert planned, long end1, long end2, long commit)
    {
        _edges.Add(edge);
        _links.Add(planned.Link ?? edge);
        _edgeTypes.Add(planned.RelationshipId);
        _ends1.Add(end1);
        _ends2.Add(end2);
        _openedBy.Add(commit);
        _edgeAttributes.Add(planned.Attributes);
    }

    /// <summary>
    /// Adds the statements for all rows to a batch and begins anew. The batch keeps the columns, which is why they are not
    /// used again. Edges end and keys are lost before others take their places.
    /// </summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        Add(batch, CloseEdges, _closedEdges.Count, () => [Sql.Of(_closedEdges), Sql.Of(_closedBy)]);
        Add(batch, DeleteKeys, _removedKeys.Count, _removedKeys.Parameters);
        Add(batch, InsertRevisions, _revisions.Count, () =>
            [Sql.Of(_revisions), Sql.Of(_revisionAssets), Sql.Of(_previous), Sql.Of(_revisionCommits), Sql.Of(_states)]);
        Add(batch, InsertAssets, _assets.Count, () =>
            [Sql.Of(_assets), Sql.Of(_guids), Sql.Of(_types), Sql.Of(_assetRevisions), Sql.Of(_assetCommits)]);
        Add(batch, UpdateAssets, _updated.Count, () =>
            [Sql.Of(_updated), Sql.Of(_versions), Sql.Of(_updatedRevisions), Sql.Of(_statuses), Sql.Of(_updatedBy)]);
        Add(batch, InsertKeys, _addedKeys.Count, _addedKeys.Parameters);
        Add(batch, InsertEdges, _edges.Count, () =>
        [
            Sql.Of(_edges), Sql.Of(_links), Sql.Of(_edgeTypes), Sql.Of(_ends1), Sql.Of(_ends2), Sql.Of(_openedBy), Sql.OfBlobs(_edgeAttributes),
        ]);
        Add(batch, InsertTouches, _touched.Count, () =>
            [Sql.Of(_touched), Sql.Of(_touchedVersions), Sql.Of(_touchedBy), Sql.Of(_tellingEvents), Sql.Of(_touchedRevisions), Sql.Of(_touchedStatuses)]);
        Clear();
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _addedKeys.Clear();
        _removedKeys.Clear();
        _updatePlaces.Clear();
        (_closedEdges, _closedBy) = ([], []);
        (_revisions, _revisionAssets, _previous, _revisionCommits, _states) = ([], [], [], [], []);
        (_assets, _guids, _types, _assetRevisions, _assetCommits) = ([], [], [], [], []);
        (_updated, _versions, _updatedRevisions, _statuses, _updatedBy) = ([], [], [], [], []);
        (_edges, _links, _edgeTypes, _ends1, _ends2, _openedBy, _edgeAttributes) = ([], [], [], [], [], [], []);
        (_touched, _touchedVersions, _touchedBy, _tellingEvents, _touchedRevisions, _touchedStatuses) = ([], [], [], [], [], []);
    }

    private static void Add(NpgsqlBatch batch, string sql, int rows, Func<NpgsqlParameter[]> parameters)
    {
        if (rows > 0)
        {
            batch.BatchCommands.Add(Sql.Command(sql, parameters()));
        }
    }

    /// <summary>Rows of keys.</summary>
    private sealed class KeyColumns
    {
        private readonly HashSet<(AssetKey Key, long Asset)> _keys = [];
        private List<byte[]> _values = [];
        private List<int> _kinds = [], _types = [];
        private List<long> _assets = [];

        public int Count => _assets.Count;

        public void Add(AssetKey key, int typeId, long asset)
        {
            _values.Add(KeyValue.Of(key.Value));
            _kinds.Add(key.Kind);
            _types.Add(typeId);
            _assets.Add(asset);
            _keys.Add((key, asset));
        }

        public bool Holds(AssetKey key, long asset) => _keys.Contains((key, asset));

        public NpgsqlParameter[] Parameters() => [Sql.Of(_values), Sql.Of(_kinds), Sql.Of(_types), Sql.Of(_assets)];

        public void Clear()
        {
            _keys.Clear();
            (_values, _kinds, _types, _assets) = ([], [], [], []);
        }
    }
}
