using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Lineage.Filters;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>Lists what lies upstream or downstream of an asset.</summary>
internal sealed class LineageLister(LineageView view, LineageBounds bounds, LineageBudget budget)
{
    /// <summary>A page of the list. The walk goes on only until it is known whether there is a next page.</summary>
    public async ValueTask<LineageList> ListAsync(
        LineageListQuery query, EdgeEnd start, LineageTerms terms, LineageFilter<FilteredAsset>? results, CancellationToken cancellationToken)
    {
        var walk = new LineageWalk(view, terms, budget, start);
        var listed = new List<LineageNode>();
        if (query.ImmediateNeighbours)
        {
            await AddAsync([new LineageNode(start, view.RoutesOf(start).IsProcess, Depth: 0)]);
        }

        var needed = (long)query.From + query.Size;
        while (listed.Count <= needed && await walk.NextAsync(cancellationToken) is { IsEmpty: false } level)
        {
            await AddAsync(level);
        }

        var hasMore = listed.Count > needed;
        if (!hasMore && query.Depth > terms.Depth && walk.Reached.Values.Any(node => node.Depth == terms.Depth))
        {
            budget.Reach(LineageLimit.Depth);
        }

        var page = listed.Skip(query.From).Take(query.Size).ToList();
        var entities = await ShowAsync(query, page, terms, cancellationToken);
        return new LineageList(entities, hasMore, budget.Reached);

        async ValueTask AddAsync(ImmutableArray<LineageNode> level)
        {
            if (results is null)
            {
                listed.AddRange(level);
                return;
            }

            var matching = await LineagePassing.MatchingAsync(view, results, [.. level.Select(node => node.Asset)], cancellationToken);
            listed.AddRange(level.Where(node => matching.Contains(node.Asset.Id)));
        }
    }

    private async ValueTask<ImmutableArray<ListedAsset>> ShowAsync(
        LineageListQuery query, List<LineageNode> page, LineageTerms terms, CancellationToken cancellationToken)
    {
        var views = await LineageAssets.ViewAsync(view, [.. page.Select(node => node.Asset)], query.Wishes, bounds.Edges, cancellationToken);
        var (up, down) = (default(ILookup<AssetId, AssetView>), default(ILookup<AssetId, AssetView>));
        if (query.ImmediateNeighbours)
        {
            up = await NeighboursAsync(page, terms, LineageDirection.Input, cancellationToken);
            down = await NeighboursAsync(page, terms, LineageDirection.Output, cancellationToken);
        }

        return [.. page.Zip(views, (node, asset) => new ListedAsset(asset, node.Depth, Of(up, node), Of(down, node)))];

        static ImmutableArray<AssetView>? Of(ILookup<AssetId, AssetView>? neighbours, LineageNode node) =>
            neighbours is null ? null : [.. neighbours[node.Asset.Id]];
    }

    /// <summary>
    /// The assets one step away from each of a page, in the order of their guids, by what the walk passes; null when they are more
    /// than can be told.
    /// </summary>
    private async ValueTask<ILookup<AssetId, AssetView>?> NeighboursAsync(
        List<LineageNode> page, LineageTerms terms, LineageDirection direction, CancellationToken cancellationToken)
    {
        var near = await AheadAsync(page.Select(node => node.Asset), terms, direction, cancellationToken);
        var processes = near?.Select(pair => pair.Ahead).Where(end => view.RoutesOf(end).IsProcess).DistinctBy(end => end.Id) ?? [];
        var far = near is null ? null : await AheadAsync(processes, terms, direction, cancellationToken);
        if (near is null || far is null)
        {
            return null;
        }

        var beyond = far.ToLookup(pair => pair.Behind, pair => pair.Ahead);
        var pairs = near.SelectMany(pair => view.RoutesOf(pair.Ahead).IsProcess ? beyond[pair.Ahead.Id].Select(end => (pair.Behind, Ahead: end)) : [pair])
            .DistinctBy(pair => (pair.Behind, pair.Ahead.Id))
            .OrderBy(pair => pair.Ahead.Guid)
            .ToList();
        if (pairs.Count > bounds.Edges)
        {
            budget.Reach(LineageLimit.Edges);
            return null;
        }

        var ends = pairs.Select(pair => pair.Ahead).DistinctBy(end => end.Id).ToList();
        var views = await LineageAssets.ViewAsync(view, ends, LineageWishes.Names, bounds.Edges, cancellationToken);
        var byId = views.ToDictionary(asset => asset.Asset.Id);
        return pairs.ToLookup(pair => pair.Behind, pair => byId[pair.Ahead.Id]);
    }

    private async ValueTask<List<(AssetId Behind, EdgeEnd Ahead)>?> AheadAsync(
        IEnumerable<EdgeEnd> assets, LineageTerms terms, LineageDirection direction, CancellationToken cancellationToken)
    {
        var from = assets.ToList();
        if (budget.IsOver() || await view.EdgesAsync(from, direction, budget, cancellationToken) is not { } edges)
        {
            return null;
        }

        var asked = from.Select(end => end.Id).ToHashSet();
        var open = edges.Where(edge => asked.Contains(edge.Behind(direction).Id) && (edge.Edge.IsLive || terms.FollowsSuspended) && terms.Edges?.Matches(edge) != false).ToList();
        var refused = await LineagePassing.RefusedAsync(view, terms, [.. open.Select(edge => edge.Ahead(direction)).DistinctBy(end => end.Id)], cancellationToken);
        return [.. open.Where(edge => !refused.Contains(edge.Ahead(direction).Id)).Select(edge => (edge.Behind(direction).Id, edge.Ahead(direction)))];
    }
}
