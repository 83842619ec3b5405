using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>Draws what lies around an asset.</summary>
internal sealed class LineageGrapher(LineageView view, LineageBounds bounds, Func<LineageBudget> newBudget)
{
    /// <summary>The graph: each direction is a walk of its own, with bounds of its own.</summary>
    public async ValueTask<LineageGraph> GraphAsync(LineageGraphQuery query, EdgeEnd start, LineageTerms terms, CancellationToken cancellationToken)
    {
        var parts = new List<LineagePart>();
        LineageDirection[] directions = query.Direction == LineageDirection.Both ? [LineageDirection.Input, LineageDirection.Output] : [query.Direction];
        foreach (var direction in directions)
        {
            parts.Add(await WalkAsync(query, start, terms with { Direction = direction }, cancellationToken));
        }

        var nodes = parts.SelectMany(part => part.Nodes).DistinctBy(node => node.Asset.Id).Where(node => !IsHidden(node, query, start)).ToList();
        var edges = parts.SelectMany(part => part.Edges).DistinctBy(edge => edge.Edge.Link).OrderBy(edge => edge.Edge.Link).ToList();
        var around = newBudget();
        var near = await view.EdgesAsync(nodes.Select(node => node.Asset), LineageDirection.Both, around, cancellationToken);
        List<LineageEdge>? passed = near is { } all ? [.. all.Where(edge => (edge.Edge.IsLive || terms.FollowsSuspended) && !LineagePassing.IsIgnored(view, terms, edge.Process))] : null;
        var relations = RelationsOf(query, start, edges, around);
        var assets = await LineageAssets.ViewAsync(view, [.. nodes.Select(node => node.Asset).OrderBy(end => end.Guid)], query.Wishes, bounds.Edges, cancellationToken);
        var reached = parts.Aggregate(around.Reached, (limits, part) => limits | part.Budget.Reached);
        return new LineageGraph(start.Guid, assets, relations, reached)
        {
            Upstream = SideOf(LineageDirection.Input),
            Downstream = SideOf(LineageDirection.Output),
            Neighbours = passed is null ? ImmutableSortedDictionary<Guid, (bool, bool)>.Empty : NeighboursOf(nodes, passed),
        };

        LineageSide SideOf(LineageDirection direction) =>
            parts.Find(part => part.Direction == direction) is { } part ? part.ToSide(terms.Depth, passed) : LineageSide.NotAsked;
    }

    private static bool IsHidden(LineageNode node, LineageGraphQuery query, EdgeEnd start) => query.HidesProcesses && node.IsProcess && node.Asset.Id != start.Id;

    private async ValueTask<LineagePart> WalkAsync(LineageGraphQuery query, EdgeEnd start, LineageTerms terms, CancellationToken cancellationToken)
    {
        var budget = newBudget();
        Func<EdgeEnd, LineageWindow>? window = query.Demand is { } demand ? asset => demand.Window(asset.Guid, terms.Direction) : terms.Window;
        var walk = new LineageWalk(view, terms with { Window = window }, budget, start);
        await walk.ToTheEndAsync(cancellationToken);
        if (query.Depth > terms.Depth && walk.Reached.Values.Any(node => node.Depth == terms.Depth))
        {
            budget.Reach(LineageLimit.Depth);
        }

        return LineagePart.Of(walk, terms.Direction, budget, start, query.Page);
    }

    private ImmutableArray<LineageRelation> RelationsOf(LineageGraphQuery query, EdgeEnd start, List<LineageEdge> edges, LineageBudget budget)
    {
        var relations = ImmutableArray.CreateBuilder<LineageRelation>();
        relations.AddRange(edges.Where(edge => !query.HidesProcesses || edge.Process.Id == start.Id)
            .Select(edge => new LineageRelation(edge.From.Guid, edge.To.Guid, EdgeGuid.Of(edge.Edge.Link), Process: null)));
        if (!query.HidesProcesses)
        {
            return relations.DrainToImmutable();
        }

        // A process of many inputs and many outputs stands for as many relations as their product.
        foreach (var process in edges.Where(edge => edge.Process.Id != start.Id).GroupBy(edge => edge.Process.Id))
        {
            var outputs = process.Where(edge => !edge.IsInput).ToList();
            foreach (var (input, output) in process.Where(edge => edge.IsInput).SelectMany(input => outputs.Select(output => (input, output))))
            {
                if (relations.Count == bounds.Edges)
                {
                    budget.Reach(LineageLimit.Edges);
                    return relations.DrainToImmutable();
                }

                relations.Add(new LineageRelation(input.Data.Guid, output.Data.Guid, EdgeGuid.Of(output.Edge.Link), input.Process.Guid));
            }
        }

        return relations.DrainToImmutable();
    }

    private static ImmutableSortedDictionary<Guid, (bool Upstream, bool Downstream)> NeighboursOf(List<LineageNode> nodes, List<LineageEdge> edges)
    {
        var (up, down) = (edges.Select(edge => edge.To.Id).ToHashSet(), edges.Select(edge => edge.From.Id).ToHashSet());
        return nodes.ToImmutableSortedDictionary(node => node.Asset.Guid, node => (up.Contains(node.Asset.Id), down.Contains(node.Asset.Id)));
    }
}
