using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>Reads the assets that a search found, in a constant number of round trips.</summary>
internal sealed class PageReader(IReadSession session, TypeRegistry registry, CommitNumber commit, int edgesPerEnd)
{
    private const string MeaningsName = "meanings";

    private readonly PastView _past = new(session, commit);

    /// <summary>Reads the page of a result.</summary>
    public async ValueTask<AssetPage> ReadAsync(SearchResult result, PageWish wish, CancellationToken cancellationToken)
    {
        var ids = result.Hits.Select(hit => hit.Asset).Concat(result.Aggregations.SelectMany(Named)).ToHashSet();
        var seen = await _past.LoadAsync(ids, cancellationToken);
        var hits = result.Hits.Where(hit => seen.ContainsKey(hit.Asset)).ToList();
        var wanted = hits.ToDictionary(hit => hit.Asset, hit => EndsOf(registry.Entity(seen[hit.Asset].TypeId), wish));
        var edges = await EdgesAsync(wanted, cancellationToken);
        var told = edges.Where(one => one.Value.Count <= edgesPerEnd);
        var others = await _past.LoadAsync(told.SelectMany(one => one.Value.Select(edge => Other(edge, one.Key.Asset).Id)).ToHashSet(), cancellationToken);
        return new AssetPage(registry, result, [.. hits.Select(Hit)], seen);

        AssetHit Hit(SearchHit hit)
        {
            var asset = seen[hit.Asset];
            var views = wanted[hit.Asset].Select(end => (End: end, View: ViewOf(asset.Id, end))).ToList();
            var meanings = views.Where(one => wish.WithMeanings && one.End.Name == MeaningsName).SelectMany(one => one.View?.Edges ?? []).Where(edge => edge.Edge.IsLive);
            var shown = views.Where(one => wish.Attributes.Contains(one.End.Name)).ToList();
            return new AssetHit(
                hit,
                new AssetView(
                    asset,
                    registry.Entity(asset.TypeId),
                    registry,
                    [.. shown.Select(one => one.View).OfType<EndView>().Where(view => !view.Edges.IsEmpty)],
                    [.. shown.Where(one => one.View is null).Select(one => one.End.Name)]),
                [.. meanings]);
        }

        // Null where there are more than are told.
        EndView? ViewOf(AssetId asset, EndAttribute end)
        {
            var list = edges.TryGetValue((asset, end), out var found) ? found : [];
            return list.Count > edgesPerEnd ? null
                : new EndView(end, [.. list.Where(edge => edge.IsLive || wish.WithSuspendedEdges).Select(edge => EdgeViewOf(edge, others[Other(edge, asset).Id]))]);
        }

        EdgeView EdgeViewOf(StoredEdge edge, StoredAsset other) => new(edge, EdgeGuid.Of(edge.Link), other, registry.Entity(other.TypeId));
    }

    private static ImmutableArray<EndAttribute> EndsOf(EntityType type, PageWish wish)
    {
        var names = wish.WithMeanings ? wish.Attributes.Append(MeaningsName).Distinct() : wish.Attributes;
        return [.. names.SelectMany(name => type.EndsNamed(name))];
    }

    /// <summary>The edges of the ends: all of those that fit in an answer, and one more of those that do not.</summary>
    private async ValueTask<Dictionary<(AssetId Asset, EndAttribute End), List<StoredEdge>>> EdgesAsync(
        Dictionary<AssetId, ImmutableArray<EndAttribute>> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(AssetId, EndAttribute), List<StoredEdge>>();
        var keys = wanted.SelectMany(one => one.Value.Select(end => (Asset: one.Key, End: end))).ToList();
        if (keys.Count == 0)
        {
            return found;
        }

        if (commit == session.Head.Commit)
        {
            var present = await session.SomeEdgesAtAsync([.. keys.Select(key => KeyOf(key.Asset, key.End)).Distinct()], edgesPerEnd + 1, cancellationToken);
            foreach (var (asset, end) in keys)
            {
                if (present.TryGetValue(KeyOf(asset, end), out var list))
                {
                    found[(asset, end)] = [.. list];
                }
            }

            return found;
        }

        var past = (await session.EdgesAsOfAsync([.. wanted.Keys], commit, cancellationToken)).ToLookup(edge => edge.RelationshipId);
        foreach (var (asset, end) in keys)
        {
            found[(asset, end)] = [.. past[end.Relationship.Id].Where(edge => IsAt(edge, asset, end))];
        }

        return found;
    }

    private static bool IsAt(StoredEdge edge, AssetId asset, EndAttribute end) => end.Relationship.IsSymmetric
        ? edge.End1.Id == asset || edge.End2.Id == asset
        : (end.Side == EndSide.One ? edge.End1 : edge.End2).Id == asset;

    private static EndKey KeyOf(AssetId asset, EndAttribute end) => new(asset, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric);

    private static EdgeEnd Other(StoredEdge edge, AssetId asset) => edge.End1.Id == asset ? edge.End2 : edge.End1;

    private static IEnumerable<AssetId> Named(SearchAggregate aggregate) => aggregate switch
    {
        SearchAggregate.Top top => top.Hits.Select(hit => hit.Asset),
        SearchAggregate.Buckets buckets => buckets.List.SelectMany(bucket => bucket.Inner).SelectMany(Named),
        _ => [],
    };
}
