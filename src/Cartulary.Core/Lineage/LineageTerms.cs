using System.Collections.Frozen;
using Cartulary.Core.Assets;
using Cartulary.Core.Lineage.Filters;

namespace Cartulary.Core.Lineage;

/// <summary>What a walk passes, and how far it goes.</summary>
/// <param name="Direction">Input or output.</param>
/// <param name="Depth">Most steps from where it begins.</param>
internal sealed record LineageTerms(LineageDirection Direction, int Depth)
{
    /// <summary>Whether it also goes over suspended edges: to and from what is archived.</summary>
    public bool FollowsSuspended { get; init; }

    /// <summary>Types of processes that it does not pass, subtypes included.</summary>
    public FrozenSet<string> IgnoredProcesses { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What assets and processes must match to be reached; null for all.</summary>
    public LineageFilter<FilteredAsset>? Assets { get; init; }

    /// <summary>Whether that filter is for assets only, so that every process is passed.</summary>
    public bool PassesEveryProcess { get; init; }

    /// <summary>What edges must match to be followed; null for all.</summary>
    public LineageFilter<LineageEdge>? Edges { get; init; }

    /// <summary>Which part of an asset's neighbours is taken; null for all.</summary>
    public Func<EdgeEnd, LineageWindow>? Window { get; init; }
}

/// <summary>A part of the neighbours of an asset or process, in the order of their guids.</summary>
/// <param name="From">How many are passed over.</param>
/// <param name="Limit">How many are taken at most.</param>
public readonly record struct LineageWindow(int From, int Limit);
