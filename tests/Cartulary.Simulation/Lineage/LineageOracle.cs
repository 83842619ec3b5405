using Cartulary.Core.Lineage;
using Cartulary.Core.Query;

namespace Cartulary.Simulation.Lineage;

/// <summary>Lineage as anybody would draw it: all assets with all their edges in memory, and plain breadth-first search.</summary>
internal sealed class LineageOracle
{
    private readonly Dictionary<Guid, AssetView> _assets;
    private readonly List<OracleEdge> _edges;

    /// <summary>Draws what reads of all assets say.</summary>
    public LineageOracle(Dictionary<Guid, AssetView> assets)
    {
        _assets = assets;
        _edges = [.. assets.Values.Where(view => view.Type.Is("Process")).SelectMany(view => EdgesOf(view, "inputs", isInput: true).Concat(EdgesOf(view, "outputs", isInput: false)))];
    }

    /// <summary>An asset.</summary>
    public AssetView this[Guid guid] => _assets[guid];

    /// <summary>What lies in a direction with how many steps it is away, level by level and by guid.</summary>
    public List<(Guid Guid, int Depth)> List(Guid start, LineageDirection direction, int depth, Func<AssetView, bool> passes, bool followsSuspended)
    {
        var depths = new Dictionary<Guid, int> { [start] = IsProcess(start) ? 1 : 0 };
        var listed = new List<(Guid, int)>();
        var level = new List<Guid> { start };
        while (level.Count > 0)
        {
            var next = new SortedSet<Guid>();
            foreach (var from in level)
            {
                var away = IsProcess(from) ? depths[from] : depths[from] + 1;
                foreach (var to in Ahead(from, direction, followsSuspended).Where(to => away <= depth && !depths.ContainsKey(to) && passes(_assets[to])))
                {
                    next.Add(to);
                }
            }

            foreach (var to in next)
            {
                depths[to] = level.Where(from => Ahead(from, direction, followsSuspended).Contains(to)).Min(from => IsProcess(from) ? depths[from] : depths[from] + 1);
                listed.Add((to, depths[to]));
            }

            level = [.. next];
        }

        return listed;
    }

    /// <summary>The edges over which a search in a direction goes.</summary>
    public List<(Guid From, Guid To)> Edges(Guid start, LineageDirection direction, int depth)
    {
        var reached = List(start, direction, depth, _ => true, followsSuspended: false).ToDictionary(one => one.Guid, one => one.Depth);
        reached[start] = IsProcess(start) ? 1 : 0;
        return
        [
            .. _edges.Where(edge => edge.IsLive).Select(edge => (edge.From, edge.To)).Where(edge =>
            {
                var behind = direction == LineageDirection.Input ? edge.To : edge.From;
                return reached.TryGetValue(behind, out var at) && (IsProcess(behind) ? at <= depth : at < depth);
            }),
        ];
    }

    /// <summary>The assets one step away.</summary>
    public List<Guid> Neighbours(Guid asset, LineageDirection direction) =>
    [
        .. Ahead(asset, direction, followsSuspended: false).SelectMany(next => IsProcess(next) ? Ahead(next, direction, followsSuspended: false) : [next]).Distinct().Order(),
    ];

    /// <summary>Every simple path over which data goes, the shortest first and then by guids.</summary>
    public List<List<Guid>> Paths(Guid start, Guid end, int length)
    {
        var found = new List<List<Guid>>();
        Extend([start], IsProcess(start) ? 1 : 0);
        return [.. found.OrderBy(path => path.Count).ThenBy(path => string.Join(',', path), StringComparer.Ordinal)];

        void Extend(List<Guid> path, int depth)
        {
            if (path[^1] == end)
            {
                found.Add(path);
                return;
            }

            var next = IsProcess(path[^1]) ? depth : depth + 1;
            foreach (var to in Ahead(path[^1], LineageDirection.Output, followsSuspended: false).Distinct().Where(to => next <= length && !path.Contains(to)))
            {
                Extend([.. path, to], next);
            }
        }
    }

    private static IEnumerable<OracleEdge> EdgesOf(AssetView view, string end, bool isInput) =>
        view.Ends.Where(one => one.End.Name == end).SelectMany(one => one.Edges).Select(edge => isInput
            ? new OracleEdge(edge.Other.Guid, view.Asset.Guid, edge.Edge.IsLive)
            : new OracleEdge(view.Asset.Guid, edge.Other.Guid, edge.Edge.IsLive));

    private bool IsProcess(Guid guid) => _assets[guid].Type.Is("Process");

    private IEnumerable<Guid> Ahead(Guid from, LineageDirection direction, bool followsSuspended) =>
        _edges.Where(edge => edge.IsLive || followsSuspended)
            .Where(edge => (direction == LineageDirection.Input ? edge.To : edge.From) == from)
            .Select(edge => direction == LineageDirection.Input ? edge.From : edge.To);

    private sealed record OracleEdge(Guid From, Guid To, bool IsLive);
}
