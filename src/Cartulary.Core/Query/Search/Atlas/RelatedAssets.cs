using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Finds the assets that one asset is joined to by a relationship; each call is one snapshot.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="edgesPerEnd">More edges than this are not looked through.</param>
public sealed class RelatedAssets(ICatalogStore store, TypeRegistrySource types, int edgesPerEnd)
{
    /// <summary>The assets at the other end of a relationship attribute, in an order; null with what is wrong.</summary>
    /// <param name="guid">The asset.</param>
    /// <param name="relation">The name of the relationship attribute.</param>
    /// <param name="sortBy">The attribute that orders them; null for the name.</param>
    /// <param name="isDescending">Whether greater ones come first.</param>
    /// <param name="excludesDeleted">Whether archived ones are left out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<(ImmutableArray<StoredAsset>? Assets, TypeRegistry Registry, Problem? Problem)> FindAsync(
        Guid guid, string relation, string? sortBy, bool isDescending, bool excludesDeleted, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var ids = await session.FindByGuidAsync([guid], cancellationToken);
        if (!ids.TryGetValue(guid, out var id))
        {
            return (null, registry, SelectorResolver.NotFound(guid));
        }

        var asset = (await session.LoadAsync([id], cancellationToken))[id];
        var ends = registry.Entity(asset.TypeId).EndsNamed(relation);
        if (ends.IsEmpty)
        {
            var message = $"No relationshipDef defined between {registry.Entity(asset.TypeId).Name} and others on attribute: {relation}";
            return (null, registry, new Problem(ErrorCodes.NoRelationship, "relation", message));
        }

        var keys = ends.Select(end => new EndKey(id, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric)).ToHashSet();
        var edges = (await session.SomeEdgesAtAsync(keys, edgesPerEnd + 1, cancellationToken)).Values.SelectMany(list => list).ToList();
        if (edges.Count > edgesPerEnd)
        {
            return (null, registry, new Problem(ErrorCodes.UnsupportedQuery, "relation", $"{relation} has more than the {edgesPerEnd} assets that are looked through"));
        }

        var others = await session.LoadAsync(edges.Select(edge => edge.End1.Id == id ? edge.End2.Id : edge.End1.Id).ToHashSet(), cancellationToken);
        var kept = others.Values.Where(other => !excludesDeleted || other.Status == AssetStatus.Active);
        var named = kept.Select(other => (Asset: other, Key: other.Text(registry.Entity(other.TypeId).Attribute(sortBy ?? "name")) ?? ""));
        var ordered = isDescending
            ? named.OrderByDescending(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Asset.Guid)
            : named.OrderBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Asset.Guid);
        return ([.. ordered.Select(one => one.Asset)], registry, null);
    }
}
