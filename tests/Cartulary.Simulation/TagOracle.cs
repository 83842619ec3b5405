using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>Says who has which tag in the plainest way: by following each tag from its source over all edges of the catalog.</summary>
internal static class TagOracle
{
    private static readonly HashSet<string> Lineage = ["catalog_process_inputs", "process_catalog_outputs"];

    /// <summary>Fails unless every asset in use has exactly the tags of others that lead to it.</summary>
    public static async Task CheckAsync(ICatalogStore store, TypeRegistrySource types)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var session = await store.ReadAsync(cancel);
        var registry = await types.ForAsync(session, cancel);
        var assets = new Dictionary<Guid, StoredAsset>();
        var edges = new Dictionary<Guid, List<(Guid To, RelationshipType By)>>();
        var last = default(AssetId);
        while (await session.ScanAsync(last, 5_000, cancel) is { IsEmpty: false } page)
        {
            last = page[^1].Id;
            foreach (var asset in page)
            {
                assets.Add(asset.Guid, asset);
            }

            foreach (var edge in await session.EdgesOfAsync([.. page.Select(asset => asset.Id)], cancel))
            {
                Add(edges, registry.Relationship(edge.RelationshipId), edge.End1.Guid, edge.End2.Guid);
            }
        }

        var expected = assets.Values.SelectMany(source => source.State.Tags.Where(tag => tag.Source == source.Guid))
            .SelectMany(tag => Reached(tag, assets, edges).Select(asset => Show(asset, tag)));
        var actual = assets.Values.Where(asset => asset.Status == AssetStatus.Active)
            .SelectMany(asset => asset.State.Tags.Where(tag => tag.Source != asset.Guid).Select(tag => Show(asset.Guid, tag)));
        actual.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    private static void Add(Dictionary<Guid, List<(Guid To, RelationshipType By)>> edges, RelationshipType by, Guid end1, Guid end2)
    {
        var direction = by.Definition.PropagateTags;
        if (direction is TagPropagation.OneToTwo or TagPropagation.Both)
        {
            (edges.TryGetValue(end1, out var list) ? list : edges[end1] = []).Add((end2, by));
        }

        if (direction is TagPropagation.TwoToOne or TagPropagation.Both)
        {
            (edges.TryGetValue(end2, out var list) ? list : edges[end2] = []).Add((end1, by));
        }
    }

    private static HashSet<Guid> Reached(AssetTag tag, Dictionary<Guid, StoredAsset> assets, Dictionary<Guid, List<(Guid To, RelationshipType By)>> edges)
    {
        var reached = new HashSet<Guid>();
        if (!tag.Propagate || (assets[tag.Source].Status != AssetStatus.Active && tag.RemovePropagationsOnEntityDelete))
        {
            return reached;
        }

        var open = new Queue<Guid>([tag.Source]);
        while (open.TryDequeue(out var from))
        {
            foreach (var (to, by) in edges.GetValueOrDefault(from, []))
            {
                var isLineage = Lineage.Contains(by.Name);
                var isHierarchy = !isLineage && by.Definition.RelationshipCategory != RelationshipCategory.Association;
                if (assets[to].Status == AssetStatus.Active && to != tag.Source
                    && !(isLineage && tag.RestrictPropagationThroughLineage)
                    && !(isHierarchy && tag.RestrictPropagationThroughHierarchy)
                    && reached.Add(to))
                {
                    open.Enqueue(to);
                }
            }
        }

        return reached;
    }

    private static string Show(Guid asset, AssetTag tag) => string.Create(
        CultureInfo.InvariantCulture,
        $"{asset} {tag} {string.Join(' ', tag.Attributes.Select(attribute => $"{attribute.AttributeId}={Convert.ToHexString(attribute.Value.Span)}"))}");
}
