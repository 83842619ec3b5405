using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Reads relationships by themselves: each call is one snapshot.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
public sealed class RelationshipReader(ICatalogStore store, TypeRegistrySource types)
{
    /// <summary>The problem of a relationship that has ended since it was recorded.</summary>
    public static Problem EndedSince { get; } = new(ErrorCodes.RelationshipEnded, "", "the relationship was recorded, and has ended since");

    /// <summary>The relationship with a guid, live or suspended; null with a problem when there is none, or when it has ended.</summary>
    public async ValueTask<(RelationshipView? View, Problem? Problem)> GetAsync(string guid, CancellationToken cancellationToken)
    {
        if (!EdgeGuid.TryRead(guid, out var link))
        {
            return (null, EdgeGuid.NotFound(guid));
        }

        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        return (await session.FindByLinkAsync([link], cancellationToken)).TryGetValue(link, out var edge)
            ? edge is null ? (null, EdgeGuid.Ended(guid)) : (await ViewAsync(session, registry, edge, cancellationToken), null)
            : (null, EdgeGuid.NotFound(guid));
    }

    /// <summary>
    /// The relationship of a type that joins two assets, given in either order; null when there is none. Where each order has
    /// one, it is the one from the first to the second.
    /// </summary>
    public async ValueTask<RelationshipView?> FindAsync(string typeName, Guid one, Guid two, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var ids = await session.FindByGuidAsync([one, two], cancellationToken);
        if (registry.FindRelationship(typeName) is not { } type || !ids.TryGetValue(one, out var first) || !ids.TryGetValue(two, out var second))
        {
            return null;
        }

        var (asGiven, turned) = (new EdgeKey(type.Id, first, second), new EdgeKey(type.Id, second, first));
        var edges = await session.EdgesBetweenAsync([asGiven, turned], cancellationToken);
        return (edges.GetValueOrDefault(asGiven) ?? edges.GetValueOrDefault(turned)) is { } edge
            ? await ViewAsync(session, registry, edge, cancellationToken)
            : null;
    }

    private static async ValueTask<RelationshipView> ViewAsync(
        IReadSession session, TypeRegistry registry, StoredEdge edge, CancellationToken cancellationToken)
    {
        var ends = await session.LoadAsync(new HashSet<AssetId> { edge.End1.Id, edge.End2.Id }, cancellationToken);
        return new RelationshipView(edge, registry.Relationship(edge.RelationshipId), ends[edge.End1.Id], ends[edge.End2.Id], registry);
    }
}
