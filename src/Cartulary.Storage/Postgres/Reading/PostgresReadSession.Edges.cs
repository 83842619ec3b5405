using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Edges: always the recorded ones, with what is known of both ends.</summary>
internal sealed partial class PostgresReadSession
{
    private const string EdgeColumns =
        "e.id, e.link, e.type, e.end1, a.guid, a.type, a.status, e.end2, b.guid, b.type, b.status, e.attributes";

    private const string Ends = "JOIN asset a ON a.id = e.end1 JOIN asset b ON b.id = e.end2";

    // Sides are flags: 1 for edges that begin at the asset, 2 for those that end there. One with itself counts once.
    private const string EdgesAt =
        $"""
        SELECT p.*, x.place
        FROM unnest($1, $2, $3) WITH ORDINALITY AS x (asset, type, sides, place)
        CROSS JOIN LATERAL (
            (SELECT {EdgeColumns} FROM edge e {Ends}
             WHERE x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL
             LIMIT $4)
            UNION ALL
            (SELECT {EdgeColumns} FROM edge e {Ends}
             WHERE x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL AND (x.sides = 2 OR e.end1 <> x.asset)
             LIMIT $4)
        ) AS p
        """;

    private const string Between =
        $"""
        SELECT {EdgeColumns}
        FROM unnest($1, $2, $3) AS x (type, end1, end2)
        JOIN edge e ON e.end1 = x.end1 AND e.type = x.type AND e.end2 = x.end2 AND e.closed IS NULL {Ends}
        """;

    private const string EdgesOf =
        $"""
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed IS NULL AND e.end1 = ANY ($1)
        UNION ALL
        SELECT {EdgeColumns} FROM edge e {Ends} WHERE e.closed IS NULL AND e.end2 = ANY ($1) AND NOT e.end1 = ANY ($1)
        """;

    // The first row of an edge has its link as number; of later ones only the recorded one is found.
    private const string ByLink =
        $"""
        SELECT {EdgeColumns}, e.closed IS NULL FROM edge e {Ends} WHERE e.id = ANY ($1) AND e.link = e.id
        UNION ALL
        SELECT {EdgeColumns}, true FROM edge e {Ends} WHERE e.link = ANY ($1) AND e.link <> e.id AND e.closed IS NULL
        """;

    private static readonly Comparison<StoredEdge> AsRecorded = (left, right) => left.Link.CompareTo(right.Link);

    public ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> EdgesAtAsync(IReadOnlyCollection<EndKey> ends, CancellationToken cancellationToken) =>
        SomeEdgesAtAsync(ends, int.MaxValue, cancellationToken);

    public async ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> SomeEdgesAtAsync(
        IReadOnlyCollection<EndKey> ends, int limit, CancellationToken cancellationToken)
    {
        var asked = ends as IReadOnlyList<EndKey> ?? [.. ends];
        var found = new Dictionary<EndKey, List<StoredEdge>>();
        await ReadAsync(
            EdgesAt,
            row =>
            {
                var end = asked[(int)row.GetInt64(12) - 1];
                if (!found.TryGetValue(end, out var edges))
                {
                    found.Add(end, edges = []);
                }

                if (edges.Count < limit)
                {
                    edges.Add(ReadEdge(row));
                }
            },
            cancellationToken,
            Sql.Of(asked.Select(end => end.Asset.Value).ToList()),
            Sql.Of(asked.Select(end => end.RelationshipId).ToList()),
            Sql.Of(asked.Select(end => SidesOf(end.Side, end.IsSymmetric)).ToList()),
            Sql.Of((long)limit));
        var sorted = new Dictionary<EndKey, ImmutableArray<StoredEdge>>(found.Count);
        foreach (var (end, edges) in found)
        {
            edges.Sort(AsRecorded);
            sorted.Add(end, [.. edges]);
        }

        return sorted;
    }

    public async ValueTask<IReadOnlyDictionary<EdgeKey, StoredEdge>> EdgesBetweenAsync(IReadOnlyCollection<EdgeKey> pairs, CancellationToken cancellationToken)
    {
        var found = new Dictionary<EdgeKey, StoredEdge>();
        await ReadAsync(
            Between,
            row =>
            {
                var edge = ReadEdge(row);
                found[new EdgeKey(edge.RelationshipId, edge.End1.Id, edge.End2.Id)] = edge;
            },
            cancellationToken,
            Sql.Of(pairs.Select(pair => pair.RelationshipId).ToList()),
            Sql.Of(pairs.Select(pair => pair.End1.Value).ToList()),
            Sql.Of(pairs.Select(pair => pair.End2.Value).ToList()));
        return found;
    }

    public async ValueTask<IReadOnlyDictionary<long, StoredEdge?>> FindByLinkAsync(IReadOnlyCollection<long> links, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, StoredEdge?>(links.Count);
        await ReadAsync(
            ByLink,
            row =>
            {
                var edge = ReadEdge(row);
                found[edge.Link] = row.GetBoolean(12) ? edge : found.GetValueOrDefault(edge.Link);
            },
            cancellationToken,
            Sql.Of(links.ToList()));
        return found;
    }

    public async ValueTask<ImmutableArray<StoredEdge>> EdgesOfAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var edges = new List<StoredEdge>();
        await ReadAsync(EdgesOf, row => edges.Add(ReadEdge(row)), cancellationToken, Numbers(assets));
        edges.Sort(AsRecorded);
        return [.. edges];
    }

    /// <summary>From which sides the edges of a relationship attribute are found, as flags.</summary>
    public static int SidesOf(EndSide side, bool isSymmetric) => isSymmetric ? 3 : side == EndSide.One ? 1 : 2;

    private static StoredEdge ReadEdge(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetInt32(2),
        ReadEnd(row, 3),
        ReadEnd(row, 7),
        row.IsDBNull(11) ? AssetState.Empty : AssetState.Decode(row.GetFieldValue<byte[]>(11)));

    private static EdgeEnd ReadEnd(NpgsqlDataReader row, int column) =>
        new(new AssetId(row.GetInt64(column)), row.GetGuid(column + 1), row.GetInt32(column + 2), (AssetStatus)row.GetInt16(column + 3));
}
