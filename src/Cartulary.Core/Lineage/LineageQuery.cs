using System.Collections.Immutable;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Lineage;

/// <summary>What every reading of lineage says.</summary>
/// <param name="Start">The asset from which lineage is followed.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Depth">How many steps at most; see <see cref="LineageNode"/>. As far as it goes when it is <see cref="Unbounded"/>.</param>
public abstract record LineageQuery(AssetSelector Start, LineageDirection Direction, int Depth)
{
    /// <summary>A depth for as far as it goes.</summary>
    public const int Unbounded = int.MaxValue;

    /// <summary>Which lineage.</summary>
    public LineageKind Kind { get; init; } = LineageKind.Processes;

    /// <summary>As of when; not a version.</summary>
    public Moment Moment { get; init; } = Moment.Now;

    /// <summary>The parameter that said it, for problems.</summary>
    public string MomentParameter { get; init; } = "";

    /// <summary>The filters.</summary>
    public LineageFilters Filters { get; init; } = LineageFilters.None;

    /// <summary>What is told of each asset.</summary>
    public LineageWishes Wishes { get; init; } = LineageWishes.Names;

    /// <summary>Whether suspended edges are followed as well: those from and to what is archived.</summary>
    public bool FollowsSuspended { get; init; }
}

/// <summary>A list of what lies upstream or downstream.</summary>
/// <param name="Start">The asset from which lineage is followed.</param>
/// <param name="Direction">Input or output.</param>
/// <param name="Depth">How many steps at most.</param>
/// <param name="From">How many of the list are passed over.</param>
/// <param name="Size">How many are listed at most.</param>
public sealed record LineageListQuery(AssetSelector Start, LineageDirection Direction, int Depth, int From, int Size) : LineageQuery(Start, Direction, Depth)
{
    /// <summary>Whether the start is listed too, and of each asset those next to it.</summary>
    public bool ImmediateNeighbours { get; init; }
}

/// <summary>A graph of what lies around an asset.</summary>
/// <param name="Start">The asset from which lineage is followed.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Depth">How many steps at most.</param>
public sealed record LineageGraphQuery(AssetSelector Start, LineageDirection Direction, int Depth) : LineageQuery(Start, Direction, Depth)
{
    /// <summary>Whether processes are left out, and relations lead from asset to asset.</summary>
    public bool HidesProcesses { get; init; }

    /// <summary>Names of types of processes that are not passed, subtypes included.</summary>
    public ImmutableArray<string> IgnoredProcesses { get; init; } = [];

    /// <summary>Which of the assets next to the start are shown in each direction; null for all.</summary>
    public LineageWindow? Page { get; init; }

    /// <summary>How many neighbours of each asset are shown; null for all.</summary>
    public LineageDemand? Demand { get; init; }
}

/// <summary>How many neighbours of each asset and process a graph shows.</summary>
/// <param name="Default">Where nothing else is said.</param>
/// <param name="Of">By guid.</param>
public sealed record LineageDemand(LineageDemandLimits Default, ImmutableDictionary<Guid, LineageDemandLimits> Of)
{
    /// <summary>What is asked for of an asset in a direction.</summary>
    internal LineageWindow Window(Guid asset, LineageDirection direction)
    {
        var limits = Of.GetValueOrDefault(asset, Default);
        return new LineageWindow(limits.From, direction == LineageDirection.Input ? limits.Inputs : limits.Outputs);
    }
}

/// <summary>How many neighbours of an asset or process are shown.</summary>
/// <param name="From">How many are passed over in each direction.</param>
/// <param name="Inputs">How many are shown upstream.</param>
/// <param name="Outputs">How many are shown downstream.</param>
public sealed record LineageDemandLimits(int From, int Inputs, int Outputs);

/// <summary>A search for paths over which data goes from an asset to another.</summary>
/// <param name="Start">Where they begin.</param>
/// <param name="End">Where they end.</param>
/// <param name="Length">Most steps of a path.</param>
/// <param name="Limit">How many paths are wanted at most.</param>
public sealed record LineagePathQuery(AssetSelector Start, AssetSelector End, int Length, int Limit) : LineageQuery(Start, LineageDirection.Output, Length);
