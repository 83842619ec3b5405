using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>What differs between an asset as events tell it and the same asset as it is stored.</summary>
internal static class FoldComparison
{
    /// <summary>The asset that a stored one folds to, with those of its edges that are live.</summary>
    public static FoldedAsset Fold(TypeRegistry registry, StoredAsset asset, IEnumerable<((string End, Guid Partner) Key, string Attributes)> edges)
    {
        var folded = new FoldedAsset
        {
            TypeName = registry.Entity(asset.TypeId).Name,
            Status = asset.Status == AssetStatus.Active ? "ACTIVE" : "DELETED",
            Version = asset.Version,
            Labels = StateJson.Labels(asset.State.Labels),
            CustomAttributes = StateJson.CustomAttributes(asset.State.CustomAttributes),
        };
        foreach (var attribute in asset.State.Attributes)
        {
            folded.Attributes[registry.Attribute(attribute.AttributeId).Name] = StateJson.Value(attribute.Value, registry);
        }

        foreach (var (key, attributes) in edges)
        {
            folded.Edges[key] = attributes;
        }

        return folded;
    }

    /// <summary>The live ones among edges, by the asset at whose end they stand.</summary>
    public static ILookup<Guid, ((string End, Guid Partner) Key, string Attributes)> LiveEdges(TypeRegistry registry, ImmutableArray<StoredEdge> edges) =>
        edges.Where(edge => edge.IsLive).SelectMany(edge =>
        {
            var relationship = registry.Relationship(edge.RelationshipId);
            var attributes = StateJson.Attributes(edge.Attributes, registry);
            return new[]
            {
                (Asset: edge.End1.Guid, Key: (relationship.End1.Name, edge.End2.Guid), attributes),
                (Asset: edge.End2.Guid, Key: (relationship.End2.Name, edge.End1.Guid), attributes),
            };
        }).ToLookup(entry => entry.Asset, entry => (entry.Key, entry.attributes));

    /// <summary>Every difference, in words.</summary>
    public static IEnumerable<string> Differences(Guid guid, FoldedAsset told, FoldedAsset stored)
    {
        foreach (var (what, left, right) in new[]
        {
            ("type", told.TypeName, stored.TypeName),
            ("status", told.Status, stored.Status),
            ("version", Text(told.Version), Text(stored.Version)),
            ("labels", told.Labels, stored.Labels),
            ("customAttributes", told.CustomAttributes, stored.CustomAttributes),
        })
        {
            if (left != right)
            {
                yield return $"asset {guid}: {what} was told as {left} and is {right}";
            }
        }

        foreach (var name in told.Attributes.Keys.Union(stored.Attributes.Keys).Where(name => told.Attributes.GetValueOrDefault(name) != stored.Attributes.GetValueOrDefault(name)))
        {
            yield return $"asset {guid}: {name} was told as {told.Attributes.GetValueOrDefault(name) ?? "absent"} and is {stored.Attributes.GetValueOrDefault(name) ?? "absent"}";
        }

        foreach (var key in told.Edges.Keys.Union(stored.Edges.Keys).Where(key => told.Edges.GetValueOrDefault(key) != stored.Edges.GetValueOrDefault(key)))
        {
            yield return $"asset {guid}: {key.End} to {key.Partner} was told as {told.Edges.GetValueOrDefault(key) ?? "absent"} and is {stored.Edges.GetValueOrDefault(key) ?? "absent"}";
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
