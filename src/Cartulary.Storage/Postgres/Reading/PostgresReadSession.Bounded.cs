using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Edges of relationship attributes, now or as of a commit, and never more than so many.</summary>
internal sealed partial class PostgresReadSession
{
    private const string BoundedNow =
        $"""
        SELECT p.*
        FROM unnest($1, $2, $3) AS x (asset, type, sides)
        CROSS JOIN LATERAL (
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL
            UNION ALL
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL
        ) AS p
        LIMIT $4
        """;

    private const string BoundedThen =
        $"""
        SELECT p.*
        FROM unnest($1, $2, $3) AS x (asset, type, sides)
        CROSS JOIN LATERAL (
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL AND e.opened <= $5
            UNION ALL
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed > $5 AND e.opened <= $5
            UNION ALL
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL AND e.opened <= $5
            UNION ALL
            SELECT {EdgeColumns} FROM edge e {Ends}
            WHERE x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed > $5 AND e.opened <= $5
        ) AS p
        LIMIT $4
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
