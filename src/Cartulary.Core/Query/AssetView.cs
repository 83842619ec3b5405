using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>An asset as a reader sees it, from one snapshot.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Type">Its type.</param>
/// <param name="Registry">The types of the snapshot.</param>
/// <param name="Ends">Its relationship attributes that have edges, live or suspended, by name; empty when they were not asked for.</param>
/// <param name="LeftOut">Names of relationship attributes with more edges than a read returns; never cut short, left out whole.</param>
public sealed record AssetView(
    StoredAsset Asset, EntityType Type, TypeRegistry Registry, ImmutableArray<EndView> Ends, ImmutableArray<string> LeftOut)
{
    /// <summary>Names of its own tags that are still to be passed on; of an asset in the past, none.</summary>
    public ImmutableArray<string> PendingTags { get; init; } = [];
}

/// <summary>One relationship attribute with its edges.</summary>
/// <param name="End">The relationship attribute.</param>
/// <param name="Edges">Its edges, in the order they were recorded.</param>
public sealed record EndView(EndAttribute End, ImmutableArray<EdgeView> Edges);

/// <summary>One edge with the asset at its other end.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Guid">The edge's public guid.</param>
/// <param name="Other">The asset at the other end.</param>
/// <param name="OtherType">Its type.</param>
public sealed record EdgeView(StoredEdge Edge, Guid Guid, StoredAsset Other, EntityType OtherType);
