using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Edges: always the recorded ones, with what is known of both ends.</summary>
internal sealed partial class SqliteReadSession
{
    private const string EveryEdge =
        """
        SELECT e.id, e.link, e.type, e.end1, a.guid, a.type, a.status, e.end2, b.guid, b.type, b.status, e.attributes
        FROM edge e JOIN asset a ON a.id = e.end1 JOIN asset b ON b.id = e.end2
        WHERE
        """;

    private const string EdgeColumns = EveryEdge + " e.closed IS NULL AND";

    private const string EdgesFrom1 = EdgeColumns + " e.end1 = ?1 AND e.type = ?2";

    private const string EdgesFrom2 = EdgeColumns + " e.end2 = ?1 AND e.type = ?2";

    private const string AllFrom1 = EdgeColumns + " e.end1 = ?1";

    private const string AllFrom2 = EdgeColumns + " e.end2 = ?1";

    private const string Between = EdgeColumns + " e.type = ?1 AND e.end1 = ?2 AND e.end2 = ?3";

    private const string FirstOfLink = EdgeColumns + " e.id = ?1 AND e.link = ?1";

    private const string LaterOfLink = EdgeColumns + " e.link = ?1 AND e.link <> e.id";

    private const string EndedLink = "SELECT 1 FROM edge WHERE id = ?1 AND link = ?1";

    private static readonly Comparison<StoredEdge> AsRecorded = (left, right) => left.Link.CompareTo(right.Link);

    public ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> EdgesAtAsync(IReadOnlyCollection<EndKey> ends, CancellationToken cancellationToken) =>
        SomeEdgesAtAsync(ends, int.MaxValue, cancellationToken);

    public ValueTask<IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>>> SomeEdgesAtAsync(
        IReadOnlyCollection<EndKey> ends, int limit, CancellationToken cancellationToken)
    {
        var from1 = Use(EdgesFrom1, cancellationToken);
        var from2 = Use(EdgesFrom2, cancellationToken);
        var found = new Dictionary<EndKey, ImmutableArray<StoredEdge>>();
        var edges = new List<StoredEdge>();
        foreach (var end in ends)
        {
            edges.Clear();
            if (end.IsSymmetric || end.Side == EndSide.One)
            {
                Collect(from1.Bind(1, end.Asset.Value).Bind(2, end.RelationshipId), edges, exceptFrom: default, limit);
            }

            if (end.IsSymmetric || end.Side == EndSide.Two)
            {
                var seen = end.IsSymmetric ? end.Asset : default;
                Collect(from2.Bind(1, end.Asset.Value).Bind(2, end.RelationshipId), edges, seen, limit);
            }

            if (edges.Count > 0)
            {
                edges.Sort(AsRecorded);
                found[end] = [.. edges];
            }
        }

        return new(found);
    }

    public ValueTask<IReadOnlyDictionary<EdgeKey, StoredEdge>> EdgesBetweenAsync(IReadOnlyCollection<EdgeKey> pairs, CancellationToken cancellationToken)
    {
        var between = Use(Between, cancellationToken);
        var found = new Dictionary<EdgeKey, StoredEdge>();
        foreach (var pair in pairs)
        {
            if (between.Bind(1, pair.RelationshipId).Bind(2, pair.End1.Value).Bind(3, pair.End2.Value).Step())
            {
                found[pair] = ReadEdge(between);
                between.Reset();
            }
        }

        return new(found);
    }

    public ValueTask<IReadOnlyDictionary<long, StoredEdge?>> FindByLinkAsync(IReadOnlyCollection<long> links, CancellationToken cancellationToken)
    {
        var (first, later, ended) = (Use(FirstOfLink, cancellationToken), Use(LaterOfLink, cancellationToken), Use(EndedLink, cancellationToken));
        var found = new Dictionary<long, StoredEdge?>(links.Count);
        foreach (var link in links)
        {
            foreach (var query in new[] { first, later })
            {
                if (!found.ContainsKey(link) && query.Bind(1, link).Step())
                {
                    found[link] = ReadEdge(query);
                    query.Reset();
                }
            }

            if (!found.ContainsKey(link) && ended.Bind(1, link).Step())
            {
                found[link] = null;
                ended.Reset();
            }
        }

        return new(found);
    }

    public ValueTask<ImmutableArray<StoredEdge>> EdgesOfAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var from1 = Use(AllFrom1, cancellationToken);
        var from2 = Use(AllFrom2, cancellationToken);
        var edges = new List<StoredEdge>();
        var rows = new HashSet<long>();
        foreach (var asset in assets)
        {
            CollectNew(from1.Bind(1, asset.Value), edges, rows);
            CollectNew(from2.Bind(1, asset.Value), edges, rows);
        }

        edges.Sort(AsRecorded);
        return new([.. edges]);
    }

    /// <summary>Adds the edges that a bound query gives, but for those that begin at an asset, until there are enough.</summary>
    private static void Collect(Statement query, List<StoredEdge> edges, AssetId exceptFrom, int limit)
    {
        while (edges.Count < limit && query.Step())
        {
            if (query.Long(3) != exceptFrom.Value)
            {
                edges.Add(ReadEdge(query));
            }
        }

        query.Reset();
    }

    private static void CollectNew(Statement query, List<StoredEdge> edges, HashSet<long> rows)
    {
        while (query.Step())
        {
            if (rows.Add(query.Long(0)))
            {
                edges.Add(ReadEdge(query));
            }
        }
    }

    private static StoredEdge ReadEdge(Statement row) => new(
        row.Long(0),
        row.Long(1),
        row.Int(2),
        ReadEnd(row, 3),
        ReadEnd(row, 7),
        row.IsNull(11) ? AssetState.Empty : AssetState.Decode(row.Blob(11).ToArray()));

    private static EdgeEnd ReadEnd(Statement row, int column) =>
        new(new AssetId(row.Long(column)), row.Guid(column + 1), row.Int(column + 2), (AssetStatus)row.Int(column + 3));
}
