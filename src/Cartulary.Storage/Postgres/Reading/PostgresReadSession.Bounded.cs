using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Edges of relationship attributes, now or as of a commit, and never more than so many.</summary>
internal sealed partial class PostgresReadSession
{
    private const string OwnColumns = "SELECT e.id, e.link, e.type, e.end1, e.end2, e.attributes FROM edge e WHERE";

    // Each end is looked up by its number: a plan that reads all assets to join a few is never better than bounded look-ups.
    private const string WithEnds =
        """
        CROSS JOIN LATERAL (SELECT guid, type, status FROM asset WHERE id = e.end1 LIMIT 1) AS a
        CROSS JOIN LATERAL (SELECT guid, type, status FROM asset WHERE id = e.end2 LIMIT 1) AS b
        """;

    private const string BoundedNow =
        $"""
        SELECT {EdgeColumns}
        FROM (
            SELECT p.*
            FROM unnest($1, $2, $3) AS x (asset, type, sides)
            CROSS JOIN LATERAL (
                {OwnColumns} x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL
                UNION ALL
                {OwnColumns} x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL
            ) AS p
            LIMIT $4
        ) AS e
        {WithEnds}
        """;

    private const string BoundedThen =
        $"""
        SELECT {EdgeColumns}
        FROM (
            SELECT p.*
            FROM unnest($1, $2, $3) AS x (asset, type, sides)
            CROSS JOIN LATERAL (
                {OwnColumns} x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL AND e.opened <= $5
                UNION ALL
                {OwnColumns} x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed > $5 AND e.opened <= $5
                UNION ALL
                {OwnColumns} x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL AND e.opened <= $5
                UNION ALL
                {OwnColumns} x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed > $5 AND e.opened <= $5
            ) AS p
            LIMIT $4
        ) AS e
        {WithEnds}
        """;

    public async ValueTask<ImmutableArray<StoredEdge>> BoundedEdgesAsync(
        IReadOnlyCollection<EndKey> ends, CommitNumber commit, int limit, CancellationToken cancellationToken)
    {
        var isPresent = commit == Head.Commit;
        var edges = new List<StoredEdge>();
        var rows = new HashSet<long>();

        // An edge comes twice where both of its ends are asked for.
        NpgsqlParameter[] parameters =
        [
            Sql.Of(ends.Select(end => end.Asset.Value).ToList()),
            Sql.Of(ends.Select(end => end.RelationshipId).ToList()),
            Sql.Of(ends.Select(end => SidesOf(end.Side, end.IsSymmetric)).ToList()),
            Sql.Of(2L * limit),
        ];
        await ReadAsync(
            isPresent ? BoundedNow : BoundedThen,
            row =>
            {
                if (edges.Count < limit && rows.Add(row.GetInt64(0)))
                {
                    edges.Add(ReadEdge(row));
                }
            },
            cancellationToken,
            isPresent ? parameters : [.. parameters, Sql.Of(commit.Value)]);
        edges.Sort(AsRecorded);
        return isPresent ? [.. edges] : await WithStatusAsOfAsync(edges, commit, cancellationToken);
    }
}
