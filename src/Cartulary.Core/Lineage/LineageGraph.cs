using System.Collections.Immutable;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>What lies around an asset.</summary>
/// <param name="Start">The guid of the asset that was asked for, which is always shown.</param>
/// <param name="Assets">The assets and processes that are shown, in the order of their guids.</param>
/// <param name="Relations">The relations between them, each once.</param>
/// <param name="Reached">The bounds that were reached.</param>
public sealed record LineageGraph(Guid Start, ImmutableArray<AssetView> Assets, ImmutableArray<LineageRelation> Relations, LineageLimit Reached)
{
    /// <summary>What is known of the upstream side; of one that was not asked for, nothing.</summary>
    public LineageSide Upstream { get; init; } = LineageSide.NotAsked;

    /// <summary>What is known of the downstream side.</summary>
    public LineageSide Downstream { get; init; } = LineageSide.NotAsked;

    /// <summary>Of everything shown whether there is something next to it, shown or not; empty when that is more than can be told.</summary>
    public ImmutableSortedDictionary<Guid, (bool Upstream, bool Downstream)> Neighbours { get; init; } =
        ImmutableSortedDictionary<Guid, (bool Upstream, bool Downstream)>.Empty;
}

/// <summary>One side of a graph.</summary>
/// <param name="HasMore">Whether there is more on this side than is shown.</param>
/// <param name="Remaining">Of a page, how many assets come after it; null without a page.</param>
/// <param name="Reached">The bounds that were reached on this side.</param>
/// <param name="Counts">Of everything from which the walk went on, how many neighbours it has on this side and how many are shown; only on demand.</param>
public sealed record LineageSide(bool HasMore, int? Remaining, LineageLimit Reached, ImmutableDictionary<Guid, LineageCount> Counts)
{
    /// <summary>A side that was not asked for.</summary>
    public static LineageSide NotAsked { get; } = new(HasMore: false, Remaining: null, LineageLimit.None, ImmutableDictionary<Guid, LineageCount>.Empty);
}

/// <summary>That data goes from one to another.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Relationship">The edge; of a relation between assets, that between the process and <paramref name="To"/>.</param>
/// <param name="Process">The process between two assets; null where the process itself is shown.</param>
public sealed record LineageRelation(Guid From, Guid To, Guid Relationship, Guid? Process);
