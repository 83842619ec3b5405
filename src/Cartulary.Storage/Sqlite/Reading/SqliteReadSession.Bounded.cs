using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Edges of relationship attributes, now or as of a commit, and never more than so many.</summary>
internal sealed partial class SqliteReadSession
{
    private const string OpenFrom1AsOf = OpenAsOf + " e.end1 = ?1 AND e.type = ?3";

    private const string OpenFrom2AsOf = OpenAsOf + " e.end2 = ?1 AND e.type = ?3";

    private const string ClosedFrom1AsOf = ClosedAfter + " e.end1 = ?1 AND e.type = ?3";

    private const string ClosedFrom2AsOf = ClosedAfter + " e.end2 = ?1 AND e.type = ?3";

    public ValueTask<ImmutableArray<StoredEdge>> BoundedEdgesAsync(
        IReadOnlyCollection<EndKey> ends, CommitNumber commit, int limit, CancellationToken cancellationToken)
    {
        var isPresent = commit == Head.Commit;
        var edges = new List<StoredEdge>();
        var rows = new HashSet<long>();
        foreach (var end in ends)
        {
            foreach (var sql in isPresent ? PresentEdges(end) : PastEdges(end))
            {
                var query = Use(sql, cancellationToken).Bind(1, end.Asset.Value);
                query = isPresent ? query.Bind(2, end.RelationshipId) : query.Bind(2, commit.Value).Bind(3, end.RelationshipId);
                while (edges.Count < limit && query.Step())
                {
                    if (rows.Add(query.Long(0)))
                    {
                        edges.Add(ReadEdge(query));
                    }
                }

                query.Reset();
            }
        }

        edges.Sort(AsRecorded);
        return new(isPresent ? [.. edges] : WithStatusAsOf(edges, commit.Value, cancellationToken));
    }

    private static IEnumerable<string> PresentEdges(EndKey end) => BySide(end, [EdgesFrom1], [EdgesFrom2]);

    private static IEnumerable<string> PastEdges(EndKey end) => BySide(end, [OpenFrom1AsOf, ClosedFrom1AsOf], [OpenFrom2AsOf, ClosedFrom2AsOf]);

    private static IEnumerable<string> BySide(EndKey end, string[] from1, string[] from2) =>
        end.IsSymmetric ? from1.Concat(from2) : end.Side == EndSide.One ? from1 : from2;
}
