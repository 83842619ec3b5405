using System.Collections.Immutable;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>Paths over which data goes from an asset to another, the shortest first; of equal ones in the order of their guids.</summary>
/// <param name="Start">The guid of the asset where they begin.</param>
/// <param name="End">The guid of the asset where they end.</param>
/// <param name="Paths">The paths; none passes anything twice.</param>
/// <param name="Assets">Everything that is on some path, in the order of the guids.</param>
/// <param name="HasMore">Whether there are more paths of the length that was asked for than these.</param>
/// <param name="Reached">The bounds that were reached; with any of them there may be more paths.</param>
public sealed record LineagePaths(
    Guid Start, Guid End, ImmutableArray<LineagePath> Paths, ImmutableArray<AssetView> Assets, bool HasMore, LineageLimit Reached);

/// <summary>One path.</summary>
/// <param name="Length">How many steps it has, a step leading from an asset through a process to the next asset.</param>
/// <param name="Guids">Assets and processes by turns, from its beginning to its end.</param>
/// <param name="Relations">The edges between them.</param>
public sealed record LineagePath(int Length, ImmutableArray<Guid> Guids, ImmutableArray<LineageRelation> Relations);
