using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>The past: versions, and assets and edges as of a commit.</summary>
internal sealed partial class PostgresReadSession
{
    private const string CommitOfSequence =
        "SELECT n FROM commit_log WHERE first_seq <= $1 AND count > 0 ORDER BY first_seq DESC, n DESC LIMIT 1";

    // Times never go back and commits have no gaps, so the numbers are in the order of the times and can be halved.
    private const string CommitBeforeTime =
        """
        WITH RECURSIVE search AS (
            SELECT 0::bigint AS low, $2 AS high
            UNION ALL
            SELECT CASE WHEN c.time >= $1 THEN s.low ELSE m.middle END, CASE WHEN c.time >= $1 THEN m.middle - 1 ELSE s.high END
            FROM search s
            CROSS JOIN LATERAL (SELECT s.high - (s.high - s.low) / 2 AS middle) m
            LEFT JOIN commit_log c ON c.n = m.middle
            WHERE s.low < s.high
        )
        SELECT low FROM search WHERE low >= high
        """;

    private const string CommitsByNumber =
        """
        SELECT n, first_seq, count, time, save_id, actor, channel, delete_handler, headers, log FROM commit_log WHERE n = ANY ($1)
        """;

    private const string FirstVersion = "SELECT version, created FROM asset WHERE id = $1";

    private const string LaterVersions =
        "SELECT version, commit_n FROM touch WHERE asset = $1 AND version <= $2 ORDER BY version DESC LIMIT $3";

    // Which version the assets had after a commit. Versions and commits only rise, so an asset's versions are halved; one
    // without a row was trimmed, and so is not newer than the one that is wanted. Creations have no row either: their
    // revision is the one that the second version found.
    private const string Then =
        """
        WITH RECURSIVE search AS (
            SELECT a.id AS asset, 1::bigint AS low, a.version - 1 AS high
            FROM asset a WHERE a.id = ANY ($1) AND a.created <= $2 AND a.updated > $2
            UNION ALL
            SELECT s.asset, CASE WHEN t.commit_n > $2 THEN s.low ELSE m.middle END, CASE WHEN t.commit_n > $2 THEN m.middle - 1 ELSE s.high END
            FROM search s
            CROSS JOIN LATERAL (SELECT s.high - (s.high - s.low) / 2 AS middle) m
            LEFT JOIN touch t ON t.asset = s.asset AND t.version = m.middle
            WHERE s.low < s.high
        ), past AS (
            SELECT a.id AS asset, a.version, a.updated AS commit_n, a.status, a.rev FROM asset a
            WHERE a.id = ANY ($1) AND a.updated <= $2 AND a.status <> 3
            UNION ALL
            SELECT s.asset, t.version, t.commit_n, t.status, t.rev
            FROM search s JOIN touch t ON t.asset = s.asset AND t.version = s.low
            WHERE s.low = s.high AND s.low > 1
            UNION ALL
            SELECT s.asset, 1, a.created, 1::smallint, CASE WHEN r.commit_n = t.commit_n THEN r.prev ELSE t.rev END
            FROM search s
            JOIN asset a ON a.id = s.asset
            JOIN touch t ON t.asset = s.asset AND t.version = 2
            JOIN revision r ON r.id = t.rev
            WHERE s.low = s.high AND s.low = 1
        )

        """;

    private const string AssetsThen =
        Then +
        """
        SELECT a.id, a.guid, a.type, p.status, p.version, c.actor, c.time, u.actor, u.time, r.state
        FROM past p
        JOIN asset a ON a.id = p.asset
        JOIN revision r ON r.id = p.rev
        JOIN commit_log c ON c.n = a.created
        JOIN commit_log u ON u.n = p.commit_n
        """;

    private const string StatusesThen = Then + "SELECT asset, status FROM past";

    private const string EdgesThen =
        $"""
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed IS NULL AND e.end1 = ANY ($1) AND e.opened <= $2
        UNION ALL
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed > $2 AND e.end1 = ANY ($1) AND e.opened <= $2
        UNION ALL
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed IS NULL AND e.end2 = ANY ($1) AND e.opened <= $2 AND NOT e.end1 = ANY ($1)
        UNION ALL
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed > $2 AND e.end2 = ANY ($1) AND e.opened <= $2 AND NOT e.end1 = ANY ($1)
        """;

    public async ValueTask<CommitNumber> CommitBeforeAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence > Head.Sequence)
        {
            return Head.Commit;
        }

        long commit = 0;
        await ReadAsync(CommitOfSequence, row => commit = row.GetInt64(0) - 1, cancellationToken, Sql.Of(sequence));
        return new CommitNumber(commit);
    }

    public async ValueTask<CommitNumber> CommitBeforeTimeAsync(long time, CancellationToken cancellationToken)
    {
        long commit = 0;
        await ReadAsync(CommitBeforeTime, row => commit = row.GetInt64(0), cancellationToken, Sql.Of(time), Sql.Of(Head.Commit.Value));
        return new CommitNumber(commit);
    }

    public async ValueTask<IReadOnlyDictionary<CommitNumber, LoggedCommit>> CommitsAsync(
        IReadOnlyCollection<CommitNumber> commits, CancellationToken cancellationToken)
    {
        var found = new Dictionary<CommitNumber, LoggedCommit>(commits.Count);
        await ReadAsync(
            CommitsByNumber,
            row =>
            {
                var commit = ReadCommit(row);
                found[commit.Commit] = commit;
            },
            cancellationToken,
            Sql.Of(commits.Select(commit => commit.Value).ToList()));
        return found;
    }

    public async ValueTask<ImmutableArray<AssetVersion>> VersionsAsync(AssetId asset, long atMost, int limit, CancellationToken cancellationToken)
    {
        (long Version, long Created)? present = null;
        await ReadAsync(FirstVersion, row => present = (row.GetInt64(0), row.GetInt64(1)), cancellationToken, Sql.Of(asset.Value));
        if (present is not { } known || atMost < 1)
        {
            return [];
        }

        var versions = ImmutableArray.CreateBuilder<AssetVersion>();
        await ReadAsync(
            LaterVersions,
            row => versions.Add(new AssetVersion(row.GetInt64(0), new CommitNumber(row.GetInt64(1)))),
            cancellationToken,
            Sql.Of(asset.Value),
            Sql.Of(atMost),
            Sql.Of((long)limit));
        var reachesFirst = versions.Count > 0 ? versions[^1].Version == 2 : atMost == 1 || known.Version == 1;
        if (versions.Count < limit && reachesFirst)
        {
            versions.Add(new AssetVersion(1, new CommitNumber(known.Created)));
        }

        return versions.DrainToImmutable();
    }

    public async ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<AssetId, StoredAsset>(assets.Count);
        await LoadIntoAsync(loaded, AssetsThen, cancellationToken, Numbers(assets), Sql.Of(commit.Value));
        return loaded;
    }

    public async ValueTask<ImmutableArray<StoredEdge>> EdgesAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var edges = new List<StoredEdge>();
        await ReadAsync(EdgesThen, row => edges.Add(ReadEdge(row)), cancellationToken, Numbers(assets), Sql.Of(commit.Value));
        return await WithStatusAsOfAsync(edges, commit, cancellationToken);
    }

    private async ValueTask<ImmutableArray<StoredEdge>> WithStatusAsOfAsync(
        List<StoredEdge> edges, CommitNumber commit, CancellationToken cancellationToken)
    {
        edges.Sort(AsRecorded);
        var ends = edges.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }).ToHashSet();
        var statuses = new Dictionary<AssetId, AssetStatus>(ends.Count);
        await ReadAsync(
            StatusesThen,
            row => statuses[new AssetId(row.GetInt64(0))] = (AssetStatus)row.GetInt16(1),
            cancellationToken,
            Numbers(ends),
            Sql.Of(commit.Value));
        return [.. edges.Select(edge => edge with { End1 = AsOf(edge.End1), End2 = AsOf(edge.End2) })];

        EdgeEnd AsOf(EdgeEnd end) => statuses.TryGetValue(end.Id, out var status)
            ? end with { Status = status }
            : throw new InvalidDataException($"Asset {end.Id.Value}, which an edge of commit {commit.Value} names, is not known as of then.");
    }
}
