using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Lineage;

/// <summary>
/// Goes from an asset in one direction, level by level: from assets to processes, from those to assets, and so on. Each level is
/// one reading of edges, and one of assets where a filter asks for more than edges know. What a level reaches comes in the order
/// of its guids, so that the same catalog always gives the same order. A level that would break a bound on edges is not begun; of
/// one that would break a bound on assets the first ones are taken.
/// </summary>
internal sealed class LineageWalk(LineageView view, LineageTerms terms, LineageBudget budget, EdgeEnd start)
{
    private readonly Dictionary<AssetId, LineageNode> _reached = [];
    private readonly HashSet<AssetId> _refused = [];
    private readonly List<LineageEdge> _edges = [];
    private readonly Dictionary<AssetId, LineageCount> _counts = [];
    private ImmutableArray<LineageNode> _level;

    /// <summary>Everything that was reached, the start included.</summary>
    public IReadOnlyDictionary<AssetId, LineageNode> Reached => _reached;

    /// <summary>The edges over which it went, each once, also those that lead to what had been reached before.</summary>
    public IReadOnlyList<LineageEdge> Edges => _edges;

    /// <summary>Of everything from which it went on: how many neighbours there are ahead, and how many of them were taken.</summary>
    public IReadOnlyDictionary<AssetId, LineageCount> Counts => _counts;

    /// <summary>The next level; empty when the walk has ended.</summary>
    public async ValueTask<ImmutableArray<LineageNode>> NextAsync(CancellationToken cancellationToken)
    {
        Begin();
        var from = _level.Where(node => node.IsProcess ? node.Depth <= terms.Depth : node.Depth < terms.Depth).ToList();
        _level = [];
        if (from.Count == 0 || budget.IsOver() || await view.EdgesAsync(from.Select(node => node.Asset), terms.Direction, budget, cancellationToken) is not { } edges)
        {
            return [];
        }

        var passed = Windowed(await PassedAsync(edges, cancellationToken));
        var ahead = passed.Select(edge => edge.Ahead(terms.Direction)).Where(end => !_reached.ContainsKey(end.Id)).DistinctBy(end => end.Id).OrderBy(end => end.Guid).ToList();
        var depths = Depths(passed);
        _level = [.. ahead.Take(budget.TakeAssets(ahead.Count)).Select(end => new LineageNode(end, view.RoutesOf(end).IsProcess, depths[end.Id]))];
        foreach (var node in _level)
        {
            _reached.Add(node.Asset.Id, node);
        }

        _edges.AddRange(passed.Where(edge => _reached.ContainsKey(edge.Ahead(terms.Direction).Id)));
        return _level;
    }

    /// <summary>Goes as far as it can.</summary>
    public async ValueTask ToTheEndAsync(CancellationToken cancellationToken)
    {
        while (!(await NextAsync(cancellationToken)).IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Begin()
    {
        if (_level.IsDefault)
        {
            var isProcess = view.RoutesOf(start).IsProcess;
            _level = [new LineageNode(start, isProcess, isProcess ? 1 : 0)];
            _reached.Add(start.Id, _level[0]);
        }
    }

    private Dictionary<AssetId, int> Depths(List<LineageEdge> edges)
    {
        var depths = new Dictionary<AssetId, int>();
        foreach (var edge in edges)
        {
            var behind = _reached[edge.Behind(terms.Direction).Id];
            var depth = behind.IsProcess ? behind.Depth : behind.Depth + 1;
            var ahead = edge.Ahead(terms.Direction).Id;
            depths[ahead] = Math.Min(depth, depths.GetValueOrDefault(ahead, int.MaxValue));
        }

        return depths;
    }

    /// <summary>The edges that may be followed and lead to what may be reached.</summary>
    private async ValueTask<List<LineageEdge>> PassedAsync(ImmutableArray<LineageEdge> edges, CancellationToken cancellationToken)
    {
        var open = edges.Where(edge => (edge.Edge.IsLive || terms.FollowsSuspended) && terms.Edges?.Matches(edge) != false).ToList();
        var asked = open.Select(edge => edge.Ahead(terms.Direction)).Where(end => !_reached.ContainsKey(end.Id) && !_refused.Contains(end.Id)).DistinctBy(end => end.Id).ToList();
        _refused.UnionWith(await LineagePassing.RefusedAsync(view, terms, asked, cancellationToken));
        return [.. open.Where(edge => !_refused.Contains(edge.Ahead(terms.Direction).Id))];
    }

    private List<LineageEdge> Windowed(List<LineageEdge> edges)
    {
        if (terms.Window is not { } window)
        {
            return edges;
        }

        var taken = new List<LineageEdge>();
        foreach (var group in edges.GroupBy(edge => edge.Behind(terms.Direction).Id))
        {
            var all = group.OrderBy(edge => edge.Ahead(terms.Direction).Guid).ThenBy(edge => edge.Edge.Link).ToList();
            var (from, limit) = window(all[0].Behind(terms.Direction));
            var part = all.Skip(from).Take(limit).ToList();
            _counts[group.Key] = new LineageCount(part.Count, all.Count, HasMore: all.Count > (long)from + limit);
            taken.AddRange(part);
        }

        return taken;
    }
}
