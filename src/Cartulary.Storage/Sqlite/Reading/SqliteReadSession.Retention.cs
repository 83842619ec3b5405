using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Where the kept log begins, and what the catalog was there.</summary>
internal sealed partial class SqliteReadSession
{
    private const string SweepPlaceRow =
        """
        SELECT swept_commit, swept_idx, commit_n, EXISTS (SELECT 1 FROM edge WHERE closed <= retention.commit_n) FROM retention
        """;

    private const string Trimmed =
        """
        SELECT n, first_seq, count, time, save_id, actor, channel, delete_handler, headers, log
        FROM commit_log WHERE n > ?1 AND n <= ?2 ORDER BY n
        """;

    private const string CommitBefore =
        "SELECT n, first_seq + count FROM commit_log WHERE first_seq < ?1 ORDER BY first_seq DESC, n DESC LIMIT 1";

    private const string TimeOf = "SELECT time FROM commit_log WHERE n = ?1";

    private const string CreatedBy = "SELECT id, guid, type, rev FROM asset WHERE id > ?1 AND created <= ?2 ORDER BY id";

    private const string RevisionBy = "SELECT commit_n, prev, state FROM revision WHERE id = ?1";

    private const string VersionBy = "SELECT version FROM touch WHERE asset = ?1 AND commit_n <= ?2 ORDER BY version DESC LIMIT 1";

    private const string StatusBy =
        "SELECT status FROM touch WHERE asset = ?1 AND commit_n <= ?2 AND status IS NOT NULL ORDER BY version DESC LIMIT 1";

    private const string OpenEdgesBy = EdgeColumns + " e.opened <= ?2 AND ";

    private const string EndedEdgesBy =
        """
        SELECT e.id, e.link, e.type, e.end1, a.guid, a.type, a.status, e.end2, b.guid, b.type, b.status, e.attributes
        FROM edge e JOIN asset a ON a.id = e.end1 JOIN asset b ON b.id = e.end2
        WHERE e.closed > ?2 AND e.opened <= ?2 AND
        """;

    private static readonly string[] EdgesBy =
    [
        OpenEdgesBy + "e.end1 = ?1", OpenEdgesBy + "e.end2 = ?1", EndedEdgesBy + " e.end1 = ?1", EndedEdgesBy + " e.end2 = ?1",
    ];

    /// <summary>How far trimmed events have been swept, how far they go, and whether edges are left that had ended by then.</summary>
    public (SweepPlace From, long Until, bool HasEdges) ReadSweepPlace(CancellationToken cancellationToken)
    {
        var row = Use(SweepPlaceRow, cancellationToken);
        row.Step();
        var place = (new SweepPlace(row.Long(0), row.Int(1)), row.Long(2), row.Long(3) != 0);
        row.Reset();
        return place;
    }

    /// <summary>Trimmed commits that still have their events; to be read to the end or disposed of before anything else is.</summary>
    public IEnumerable<LoggedCommit> ReadTrimmed(long after, long until, CancellationToken cancellationToken)
    {
        var rows = Use(Trimmed, cancellationToken).Bind(1, after).Bind(2, until);
        try
        {
            while (rows.Step())
            {
                yield return ReadCommit(rows);
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public ValueTask<CommitNumber> CommitBeforeAsync(long sequence, CancellationToken cancellationToken)
    {
        var before = Use(CommitBefore, cancellationToken).Bind(1, sequence);
        if (!before.Step())
        {
            return new(default(CommitNumber));
        }

        // The commit that begins before the event may hold it; then the one before it is meant.
        var commit = before.Long(1) <= sequence ? before.Long(0) : before.Long(0) - 1;
        before.Reset();
        return new(new CommitNumber(commit));
    }

    /// <summary>Times never fall, so a few rows are looked at.</summary>
    public ValueTask<CommitNumber> CommitBeforeTimeAsync(long time, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, Head.Commit.Value);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var row = Use(TimeOf, cancellationToken).Bind(1, middle);
            var isBefore = row.Step() && row.Long(0) < time;
            row.Reset();
            (low, high) = isBefore ? (middle + 1, high) : (low, middle - 1);
        }

        return new(new CommitNumber(high));
    }

    public ValueTask<ImmutableArray<BaseAsset>> ScanBaseAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<(long Id, Guid Guid, int Type, long Revision)>();
        var scan = Use(CreatedBy, cancellationToken).Bind(1, after.Value).Bind(2, Head.Trimmed.Value);
        while (rows.Count < limit && scan.Step())
        {
            rows.Add((scan.Long(0), scan.Guid(1), scan.Int(2), scan.Long(3)));
        }

        scan.Reset();
        return new([.. rows.Select(row => new BaseAsset(
            new AssetId(row.Id),
            row.Guid,
            row.Type,
            StatusThen(row.Id),
            NumberThen(VersionBy, row.Id) ?? 1,
            StateThen(row.Revision),
            EdgesThen(row.Id)))]);
    }

    private AssetStatus StatusThen(long asset) => (AssetStatus)(NumberThen(StatusBy, asset) ?? (long)AssetStatus.Active);

    private long? NumberThen(string sql, long asset)
    {
        var row = database.Prepared(sql).Bind(1, asset).Bind(2, Head.Trimmed.Value);
        var number = row.Step() ? row.Long(0) : (long?)null;
        row.Reset();
        return number;
    }

    private AssetState StateThen(long revision)
    {
        while (true)
        {
            var row = database.Prepared(RevisionBy).Bind(1, revision);
            if (!row.Step())
            {
                throw new InvalidDataException($"Revision {revision}, which an asset had where the kept log begins, is missing.");
            }

            if (row.Long(0) <= Head.Trimmed.Value)
            {
                var state = AssetState.Decode(row.Blob(2).ToArray());
                row.Reset();
                return state;
            }

            revision = row.Long(1);
            row.Reset();
        }
    }

    private ImmutableArray<StoredEdge> EdgesThen(long asset)
    {
        var edges = new List<StoredEdge>();
        var rows = new HashSet<long>();
        foreach (var sql in EdgesBy)
        {
            CollectNew(database.Prepared(sql).Bind(1, asset).Bind(2, Head.Trimmed.Value), edges, rows);
        }

        edges.Sort(AsRecorded);
        return [.. edges.Select(edge => edge with { End1 = EndThen(edge.End1), End2 = EndThen(edge.End2) })];
    }

    private EdgeEnd EndThen(EdgeEnd end) => end with { Status = StatusThen(end.Id.Value) };
}
