using System.Collections.Immutable;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage;

/// <summary>A page of what lies upstream or downstream of an asset.</summary>
/// <param name="Entities">The page: level by level, and within a level in the order of the guids.</param>
/// <param name="HasMore">Whether a page after this one would hold something.</param>
/// <param name="Reached">The bounds that were reached; what lies beyond them is in no page.</param>
public sealed record LineageList(ImmutableArray<ListedAsset> Entities, bool HasMore, LineageLimit Reached);

/// <summary>An asset or process of a list.</summary>
/// <param name="View">The asset.</param>
/// <param name="Depth">How many steps it is away.</param>
/// <param name="Upstream">The assets next to it upstream; null when they were not asked for, or are more than can be told.</param>
/// <param name="Downstream">The assets next to it downstream; null likewise.</param>
public sealed record ListedAsset(AssetView View, int Depth, ImmutableArray<AssetView>? Upstream, ImmutableArray<AssetView>? Downstream);
