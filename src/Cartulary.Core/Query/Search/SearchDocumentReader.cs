using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>Reads what documents need beside their assets, for many assets at once.</summary>
public static class SearchDocumentReader
{
    private const string Meanings = "meanings";
    private const string Categories = "categories";
    private const string Parent = "parentCategory";

    // The end that an asset stands at, by the relationship; other relationships may have ends of the same names.
    private static readonly ImmutableArray<(string Relationship, string End)> Links =
    [
        ("AtlasGlossarySemanticAssignment", Meanings),
        ("AtlasGlossaryTermCategorization", Categories),
        ("AtlasGlossaryCategoryHierarchyLink", Parent),
    ];

    /// <summary>The documents of assets of a snapshot, in the order given.</summary>
    public static async ValueTask<ImmutableArray<SearchDocument>> ReadAsync(
        IReadSession session, TypeRegistry registry, IReadOnlyCollection<StoredAsset> assets, CancellationToken cancellationToken)
    {
        var ends = Links.Select(link => EndOf(registry, link.Relationship, link.End)).OfType<EndAttribute>().ToList();
        var keys = assets.Where(asset => asset.Status == AssetStatus.Active)
            .SelectMany(asset => ends.Where(end => registry.Entity(asset.TypeId).Is(end.Definition.Type)).Select(end => KeyOf(asset.Id, end)))
            .ToList();
        var edges = await session.EdgesAtAsync(keys, cancellationToken);
        var linked = edges.Values.SelectMany(list => list).Where(edge => edge.IsLive).SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }).ToHashSet();
        var known = assets.ToDictionary(asset => asset.Id);
        linked.ExceptWith(known.Keys);
        var others = await session.LoadAsync(linked, cancellationToken);
        return [.. assets.Select(asset => SearchDocuments.Of(asset, LinksOf(asset), registry))];

        SearchLinks LinksOf(StoredAsset asset) => edges.Count == 0
            ? SearchLinks.None
            : new SearchLinks(At(asset, Meanings), At(asset, Categories), At(asset, Parent).FirstOrDefault());

        ImmutableArray<StoredAsset> At(StoredAsset asset, string name) =>
            ends.Find(end => end.Name == name) is { } end && edges.TryGetValue(KeyOf(asset.Id, end), out var list)
                ? [.. list.Where(edge => edge.IsLive).Select(edge => Other(end.Side == EndSide.One ? edge.End2.Id : edge.End1.Id))]
                : [];

        StoredAsset Other(AssetId id) => known.TryGetValue(id, out var asset) ? asset : others[id];
    }

    private static EndAttribute? EndOf(TypeRegistry registry, string relationship, string end) =>
        registry.FindRelationship(relationship) is { } type ? type.End1.Name == end ? type.End1 : type.End2.Name == end ? type.End2 : null : null;

    private static EndKey KeyOf(AssetId asset, EndAttribute end) => new(asset, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric);
}
