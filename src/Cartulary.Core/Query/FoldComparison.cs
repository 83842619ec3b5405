using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
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

        using var tags = JsonDocument.Parse(StateJson.Tags(asset.State, asset.Status, registry));
        FoldedTags.Set(folded, tags.RootElement);
        foreach (var (id, value) in asset.State.CustomMetadata)
        {
            var attribute = registry.Attribute(id);
            folded.CustomMetadata[(attribute.DeclaringType, attribute.Name)] = StateJson.Value(value, registry);
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

        foreach (var fault in Differences(told.Attributes, stored.Attributes, name => name)
            .Concat(Differences(told.Tags, stored.Tags, tag => $"tag {tag.TypeName} of {tag.Source}"))
            .Concat(Differences(told.CustomMetadata, stored.CustomMetadata, attribute => $"{attribute.Set}.{attribute.Attribute}"))
            .Concat(Differences(told.Edges, stored.Edges, edge => $"{edge.End} to {edge.Partner}")))
        {
            yield return $"asset {guid}: {fault}";
        }
    }

    private static IEnumerable<string> Differences<TKey>(SortedDictionary<TKey, string> told, SortedDictionary<TKey, string> stored, Func<TKey, string> name)
        where TKey : notnull =>
        told.Keys.Union(stored.Keys)
            .Where(key => told.GetValueOrDefault(key) != stored.GetValueOrDefault(key))
            .Select(key => $"{name(key)} was told as {told.GetValueOrDefault(key) ?? "absent"} and is {stored.GetValueOrDefault(key) ?? "absent"}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
