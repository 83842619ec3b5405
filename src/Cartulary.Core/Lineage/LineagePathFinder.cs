using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>
/// Finds paths from an asset to another. A walk reads what can be on them; then paths are tried by their number of edges, the
/// fewest first, and only where the rest of the way is known to reach the end in as many edges as are left.
/// </summary>
internal sealed class LineagePathFinder(LineageView view, LineageBounds bounds, LineageBudget budget)
{
    private readonly Dictionary<AssetId, List<LineageEdge>> _ahead = [];
    private readonly List<HashSet<AssetId>> _reaching = [];
    private readonly Stack<LineageEdge> _path = new();
    private readonly HashSet<AssetId> _passed = [];
    private readonly List<ImmutableArray<LineageEdge>> _found = [];
    private ILookup<AssetId, AssetId> _behind = Enumerable.Empty<LineageEdge>().ToLookup(edge => edge.To.Id, edge => edge.From.Id);
    private int _steps;

    /// <summary>The paths, one more than is wanted when there are more.</summary>
    public async ValueTask<LineagePaths> FindAsync(LineagePathQuery query, EdgeEnd start, EdgeEnd end, LineageTerms terms, CancellationToken cancellationToken)
    {
        var walk = new LineageWalk(view, terms, budget, start);
        await walk.ToTheEndAsync(cancellationToken);
        if (query.Depth > terms.Depth && walk.Reached.Values.Any(node => node.Depth == terms.Depth))
        {
            budget.Reach(LineageLimit.Depth);
        }

        if (walk.Reached.ContainsKey(end.Id) && start.Id != end.Id)
        {
            Search(walk, start, end, terms.Depth, query.Limit, cancellationToken);
        }

        var shown = _found.Take(query.Limit).ToList();
        var assets = await LineageAssets.ViewAsync(view, Passed(shown, start, end), query.Wishes, bounds.Edges, cancellationToken);
        return new LineagePaths(
            start.Guid,
            end.Guid,
            [.. shown.Select(path => PathOf(walk, start, path))],
            assets,
            _found.Count > query.Limit,
            budget.Reached);
    }

    private static List<EdgeEnd> Passed(List<ImmutableArray<LineageEdge>> paths, EdgeEnd start, EdgeEnd end) =>
        [.. paths.SelectMany(path => path.Select(edge => edge.To)).Append(start).Append(end).DistinctBy(one => one.Id).OrderBy(one => one.Guid)];

    private static LineagePath PathOf(LineageWalk walk, EdgeEnd start, ImmutableArray<LineageEdge> path)
    {
        var depth = walk.Reached[start.Id].Depth;
        foreach (var edge in path)
        {
            depth = DepthAfter(walk, edge, depth);
        }

        return new LineagePath(
            depth,
            [start.Guid, .. path.Select(edge => edge.To.Guid)],
            [.. path.Select(edge => new LineageRelation(edge.From.Guid, edge.To.Guid, EdgeGuid.Of(edge.Edge.Link), Process: null))]);
    }

    private static int DepthAfter(LineageWalk walk, LineageEdge edge, int depth) => walk.Reached[edge.From.Id].IsProcess ? depth : depth + 1;

    private void Search(LineageWalk walk, EdgeEnd start, EdgeEnd end, int depth, int limit, CancellationToken cancellationToken)
    {
        foreach (var group in walk.Edges.GroupBy(edge => edge.From.Id))
        {
            _ahead.Add(group.Key, [.. group.OrderBy(edge => edge.To.Guid).ThenBy(edge => edge.Edge.Link)]);
        }

        _behind = walk.Edges.Where(edge => edge.From.Id != end.Id).ToLookup(edge => edge.To.Id, edge => edge.From.Id);
        _reaching.Add([end.Id]);
        _passed.Add(start.Id);
        for (var edges = 1; edges < walk.Reached.Count && _found.Count <= limit && budget.Reached.HasFlag(LineageLimit.Steps) is false && _reaching[^1].Count > 0; edges++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _reaching.Add([.. _reaching[^1].SelectMany(id => _behind[id])]);
            if (_reaching[^1].Contains(start.Id))
            {
                Try(walk, start.Id, edges, depth - walk.Reached[start.Id].Depth, limit);
            }

            if (edges > 2L * depth || budget.IsOver())
            {
                return;
            }
        }
    }

    /// <summary>Tries every way on from where the path has come to; goes no deeper than the path is long.</summary>
    private void Try(LineageWalk walk, AssetId at, int edgesLeft, int depthLeft, int limit)
    {
        if (edgesLeft == 0)
        {
            _found.Add([.. _path.Reverse()]);
            return;
        }

        foreach (var edge in _ahead.GetValueOrDefault(at) ?? [])
        {
            var left = DepthAfter(walk, edge, 0);
            if (_found.Count > limit || depthLeft < left || !_reaching[edgesLeft - 1].Contains(edge.To.Id) || _passed.Contains(edge.To.Id))
            {
                continue;
            }

            if (++_steps > bounds.PathSteps)
            {
                budget.Reach(LineageLimit.Steps);
                return;
            }

            _path.Push(edge);
            _passed.Add(edge.To.Id);
            Try(walk, edge.To.Id, edgesLeft - 1, depthLeft - left, limit);
            _passed.Remove(edge.To.Id);
            _path.Pop();
        }
    }
}
