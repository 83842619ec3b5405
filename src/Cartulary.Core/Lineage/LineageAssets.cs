using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>Reads what an answer tells of assets.</summary>
internal static class LineageAssets
{
    private const string Meanings = "meanings";

    /// <summary>
    /// The assets in the order given, with the live edges of the relationship attributes that are wished for. With more than
    /// <paramref name="edgesMost"/> edges in all, those attributes are left out whole.
    /// </summary>
    public static async ValueTask<ImmutableArray<AssetView>> ViewAsync(
        LineageView view, IReadOnlyCollection<EdgeEnd> assets, LineageWishes wishes, int edgesMost, CancellationToken cancellationToken)
    {
        var registry = view.Registry;
        var ids = assets.Select(asset => asset.Id).ToHashSet();
        var loaded = await view.LoadAsync(ids, cancellationToken);
        var names = wishes.Attributes.ToHashSet(StringComparer.Ordinal);
        if (wishes.Meanings)
        {
            names.Add(Meanings);
        }

        var ends = assets.DistinctBy(asset => asset.Id)
            .SelectMany(asset => names.SelectMany(name => registry.Entity(asset.TypeId).EndsNamed(name)).Select(end => (Asset: asset, End: end)))
            .ToLookup(pair => pair.Asset.Id, pair => pair.End);
        var keys = ends.SelectMany(group => group.Select(end => new EndKey(group.Key, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric))).ToList();
        var edges = await view.EdgesAsync(keys, edgesMost + 1, cancellationToken);
        var isTooMuch = edges.Length > edgesMost;
        var groups = AssetReader.EdgesByEnd(registry, ids, loaded, isTooMuch ? [] : [.. edges.Where(edge => edge.IsLive)]);
        var others = await view.LoadAsync([.. groups.SelectMany(group => group.Value.Select(edge => AssetReader.OtherEnd(edge, group.Key.Asset).Id)).ToHashSet()], cancellationToken);
        return [.. assets.Select(ViewOf)];

        AssetView ViewOf(EdgeEnd asset)
        {
            var own = ends[asset.Id].Where(end => groups.ContainsKey((asset.Id, end)));
            return new AssetView(
                loaded[asset.Id],
                registry.Entity(asset.TypeId),
                registry,
                [.. own.Select(end => new EndView(end, [.. groups[(asset.Id, end)].Select(edge => EdgeOf(edge, asset.Id))]))],
                isTooMuch ? [.. ends[asset.Id].Select(end => end.Name).Distinct().Order(StringComparer.Ordinal)] : []);
        }

        EdgeView EdgeOf(StoredEdge edge, AssetId id)
        {
            var other = others[AssetReader.OtherEnd(edge, id).Id];
            return new EdgeView(edge, EdgeGuid.Of(edge.Link), other, registry.Entity(other.TypeId));
        }
    }
}
