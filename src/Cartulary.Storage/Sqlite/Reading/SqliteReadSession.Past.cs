using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>The past: versions, and assets and edges as of a commit.</summary>
internal sealed partial class SqliteReadSession
{
    private const string CommitOfSequence =
        "SELECT n FROM commit_log WHERE first_seq <= ?1 AND count > 0 ORDER BY first_seq DESC, n DESC LIMIT 1";

    private const string CommitTime = "SELECT time FROM commit_log WHERE n = ?1";

    public const string CommitByNumber =
        "SELECT n, first_seq, count, time, save_id, actor, channel, delete_handler, headers, log FROM commit_log WHERE n = ?1";

    private const string TouchesDown = "SELECT version, commit_n FROM touch WHERE asset = ?1 AND version <= ?2 ORDER BY version DESC";

    private const string OpenAsOf = EdgeColumns + " e.opened <= ?2 AND";

    private const string ClosedAfter = EveryEdge + " e.closed > ?2 AND e.opened <= ?2 AND";

    private static readonly ImmutableArray<string> EdgesAsOf =
    [
        OpenAsOf + " e.end1 = ?1", ClosedAfter + " e.end1 = ?1", OpenAsOf + " e.end2 = ?1", ClosedAfter + " e.end2 = ?1",
    ];

    public ValueTask<CommitNumber> CommitBeforeAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence > Head.Sequence)
        {
            return new(Head.Commit);
        }

        var row = Use(CommitOfSequence, cancellationToken).Bind(1, sequence);
        var commit = row.Step() ? row.Long(0) - 1 : 0;
        row.Reset();
        return new(new CommitNumber(commit));
    }

    /// <summary>Times never go back and commits have no gaps, so the numbers are in the order of the times.</summary>
    public ValueTask<CommitNumber> CommitBeforeTimeAsync(long time, CancellationToken cancellationToken)
    {
        var row = Use(CommitTime, cancellationToken);
        long low = 0;
        var high = Head.Commit.Value;
        while (low < high)
        {
            var middle = high - ((high - low) / 2);
            var isBefore = !row.Bind(1, middle).Step() || row.Long(0) < time;
            row.Reset();
            (low, high) = isBefore ? (middle, high) : (low, middle - 1);
        }

        return new(new CommitNumber(low));
    }

    public ValueTask<IReadOnlyDictionary<CommitNumber, LoggedCommit>> CommitsAsync(
        IReadOnlyCollection<CommitNumber> commits, CancellationToken cancellationToken)
    {
        var byNumber = Use(CommitByNumber, cancellationToken);
        var found = new Dictionary<CommitNumber, LoggedCommit>(commits.Count);
        foreach (var commit in commits)
        {
            if (byNumber.Bind(1, commit.Value).Step())
            {
                found[commit] = ReadCommit(byNumber);
                byNumber.Reset();
            }
        }

        return new(found);
    }

    public ValueTask<ImmutableArray<AssetVersion>> VersionsAsync(AssetId asset, long atMost, int limit, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<AssetVersion>();
        if (Versions(cancellationToken).Find(asset) is not { } present || atMost < 1)
        {
            return new([]);
        }

        var touches = Use(TouchesDown, cancellationToken).Bind(1, asset.Value).Bind(2, atMost);
        while (versions.Count < limit && touches.Step())
        {
            versions.Add(new AssetVersion(touches.Long(0), new CommitNumber(touches.Long(1))));
        }

        touches.Reset();
        var reachesFirst = versions.Count > 0 ? versions[^1].Version == 2 : atMost == 1 || present.Version == 1;
        if (versions.Count < limit && reachesFirst)
        {
            versions.Add(new AssetVersion(1, new CommitNumber(present.Created)));
        }

        return new(versions.DrainToImmutable());
    }

    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var versions = Versions(cancellationToken);
        var loaded = new Dictionary<AssetId, StoredAsset>(assets.Count);
        foreach (var asset in assets)
        {
            if (versions.Find(asset) is { } present && versions.AsOf(present, commit.Value) is { } then)
            {
                loaded[asset] = new StoredAsset(
                    asset,
                    present.Guid,
                    present.TypeId,
                    then.Status,
                    then.Version,
                    StampOf(present.Created),
                    StampOf(then.Commit),
                    StateOf(versions.RevisionOf(present, then), cancellationToken));
            }
        }

        return new(loaded);
    }

    public ValueTask<ImmutableArray<StoredEdge>> EdgesAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var edges = new List<StoredEdge>();
        var rows = new HashSet<long>();
        foreach (var asset in assets)
        {
            foreach (var sql in EdgesAsOf)
            {
                var query = Use(sql, cancellationToken).Bind(1, asset.Value).Bind(2, commit.Value);
                CollectNew(query, edges, rows);
            }
        }

        edges.Sort(AsRecorded);
        return new(WithStatusAsOf(edges, commit.Value, cancellationToken));
    }

    private ImmutableArray<StoredEdge> WithStatusAsOf(List<StoredEdge> edges, long commit, CancellationToken cancellationToken)
    {
        var versions = Versions(cancellationToken);
        var statuses = new Dictionary<AssetId, AssetStatus>();
        return [.. edges.Select(edge => edge with { End1 = AsOf(edge.End1), End2 = AsOf(edge.End2) })];

        EdgeEnd AsOf(EdgeEnd end)
        {
            if (!statuses.TryGetValue(end.Id, out var status))
            {
                status = versions.Find(end.Id) is { } present && versions.AsOf(present, commit) is { } then
                    ? then.Status
                    : throw new InvalidDataException($"Asset {end.Id.Value}, which an edge of commit {commit} names, is not known as of then.");
                statuses.Add(end.Id, status);
            }

            return end with { Status = status };
        }
    }

    private AssetState StateOf(long revision, CancellationToken cancellationToken)
    {
        var row = Use(Revision, cancellationToken).Bind(1, revision);
        var state = row.Step() ? AssetState.Decode(row.Blob(0).ToArray()) : throw new InvalidDataException($"Revision {revision} is missing.");
        row.Reset();
        return state;
    }

    private VersionSearch Versions(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        cancellationToken.ThrowIfCancellationRequested();
        return new VersionSearch(database);
    }
}
