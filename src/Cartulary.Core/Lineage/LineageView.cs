using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage;

/// <summary>A catalog as of one commit, read for lineage: each call costs a constant number of round trips.</summary>
/// <param name="session">The session.</param>
/// <param name="registry">The session's types.</param>
/// <param name="commit">The commit; not before the past that is kept.</param>
/// <param name="kind">Which lineage.</param>
internal sealed class LineageView(IReadSession session, TypeRegistry registry, CommitNumber commit, LineageKind kind)
{
    private readonly PastView _past = new(session, commit);

    /// <summary>The types.</summary>
    public TypeRegistry Registry => registry;

    /// <summary>The routes of an asset.</summary>
    public LineageRoutes RoutesOf(EdgeEnd asset) => LineageRoutes.Of(registry.Entity(asset.TypeId), kind);

    /// <summary>The assets that existed.</summary>
    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        assets.Count == 0 ? new(ImmutableDictionary<AssetId, StoredAsset>.Empty) : _past.LoadAsync(assets, cancellationToken);

    /// <summary>The edges of some relationship attributes, at most so many.</summary>
    public ValueTask<ImmutableArray<StoredEdge>> EdgesAsync(IReadOnlyCollection<EndKey> ends, int limit, CancellationToken cancellationToken) =>
        ends.Count == 0 ? new([]) : session.BoundedEdgesAsync(ends, commit, limit, cancellationToken);

    /// <summary>The edges over which lineage leads from assets in a direction; null when there are more than a budget has left, which is noted.</summary>
    public async ValueTask<ImmutableArray<LineageEdge>?> EdgesAsync(
        IEnumerable<EdgeEnd> assets, LineageDirection direction, LineageBudget budget, CancellationToken cancellationToken)
    {
        var ends = new List<EndKey>();
        foreach (var asset in assets)
        {
            ends.AddRange(RoutesOf(asset).Towards(direction).Select(end => new EndKey(asset.Id, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric)));
        }

        // One more than may be used, to tell that there are more. A limit of the whole range needs no more.
        var edges = await EdgesAsync(ends, budget.Edges == int.MaxValue ? int.MaxValue : budget.Edges + 1, cancellationToken);
        return budget.TryTakeEdges(edges.Length) ? [.. edges.Select(Understand)] : null;
    }

    private LineageEdge Understand(StoredEdge edge)
    {
        var (process, isInput) = LineageRoutes.FlowOf(registry.Relationship(edge.RelationshipId), kind)!.Value;
        return process == EndSide.One ? new LineageEdge(edge, edge.End1, edge.End2, isInput) : new LineageEdge(edge, edge.End2, edge.End1, isInput);
    }
}
