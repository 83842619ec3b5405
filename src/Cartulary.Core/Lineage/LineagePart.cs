using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Lineage;

/// <summary>What a walk in one direction gives to a graph.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Nodes">What is shown of what it reached, the start included.</param>
/// <param name="Edges">What is shown of its edges.</param>
/// <param name="Budget">The bounds that it kept.</param>
/// <param name="Counts">How many neighbours it found and took, by guid.</param>
internal sealed record LineagePart(
    LineageDirection Direction, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, LineageBudget Budget, ImmutableDictionary<Guid, LineageCount> Counts)
{
    private (int Remaining, bool HasMore)? Page { get; init; }

    /// <summary>All of a walk, or the part of it that leads to a page of its assets.</summary>
    public static LineagePart Of(LineageWalk walk, LineageDirection direction, LineageBudget budget, EdgeEnd start, LineageWindow? page)
    {
        var counts = walk.Counts.ToImmutableDictionary(count => walk.Reached[count.Key].Asset.Guid, count => count.Value);
        if (page is not { } window)
        {
            return new LineagePart(direction, [.. walk.Reached.Values], walk.Edges, budget, counts);
        }

        var all = walk.Reached.Values.Where(node => !node.IsProcess && node.Asset.Id != start.Id).OrderBy(node => node.Asset.Guid).ToList();
        var shown = all.Skip(window.From).Take(window.Limit).Select(node => node.Asset.Id).ToHashSet();
        var last = walk.Edges.Where(edge => shown.Contains(edge.Ahead(direction).Id)).ToList();
        var between = last.Select(edge => edge.Behind(direction).Id).Where(id => id != start.Id).ToHashSet();
        var first = walk.Edges.Where(edge => edge.Behind(direction).Id == start.Id && between.Contains(edge.Ahead(direction).Id));
        return new LineagePart(
            direction,
            [.. walk.Reached.Values.Where(node => node.Asset.Id == start.Id || shown.Contains(node.Asset.Id) || between.Contains(node.Asset.Id))],
            [.. last, .. first],
            budget,
            counts)
        {
            Page = ((int)Math.Max(0, all.Count - (long)window.From - window.Limit), all.Count > (long)window.From + window.Limit),
        };
    }

    /// <summary>What the graph tells of this side.</summary>
    /// <param name="depth">Where the walk had to end.</param>
    /// <param name="around">The edges around what is shown; null when they are too many to be known.</param>
    public LineageSide ToSide(int depth, List<LineageEdge>? around)
    {
        var hasMore = Budget.Reached != LineageLimit.None
            || (Page is { } page ? page.HasMore : Counts.Values.Any(count => count.HasMore) || GoesOn(depth, around));
        return new LineageSide(hasMore, Page?.Remaining, Budget.Reached, Counts);
    }

    /// <summary>Whether something that was not reached comes after what lies at the end.</summary>
    private bool GoesOn(int depth, List<LineageEdge>? around)
    {
        var last = Nodes.Where(node => !node.IsProcess && node.Depth == depth).Select(node => node.Asset.Id).ToHashSet();
        var known = Nodes.Select(node => node.Asset.Id).ToHashSet();
        return last.Count > 0 && (around is null || around.Any(edge => last.Contains(edge.Behind(Direction).Id) && !known.Contains(edge.Ahead(Direction).Id)));
    }
}
