using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>What a search found, with the assets themselves: all of it as of one state of the catalog.</summary>
/// <param name="Registry">The types.</param>
/// <param name="Result">What the index found.</param>
/// <param name="Hits">The assets of the page, in its order.</param>
/// <param name="Seen">All assets that the result names, those within aggregations included.</param>
public sealed record AssetPage(TypeRegistry Registry, SearchResult Result, ImmutableArray<AssetHit> Hits, IReadOnlyDictionary<AssetId, StoredAsset> Seen);

/// <summary>An asset on a page.</summary>
/// <param name="Hit">How it was found.</param>
/// <param name="View">The asset, with the edges that were asked for.</param>
/// <param name="Meanings">Its terms; empty when they were not asked for.</param>
public sealed record AssetHit(SearchHit Hit, AssetView View, ImmutableArray<EdgeView> Meanings);
