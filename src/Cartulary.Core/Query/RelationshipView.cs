using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>A relationship as a reader sees it, from one snapshot: it is recorded, and live when both ends are in use.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Type">Its type.</param>
/// <param name="End1">The asset at end 1.</param>
/// <param name="End2">The asset at end 2.</param>
/// <param name="Registry">The types of the snapshot.</param>
public sealed record RelationshipView(StoredEdge Edge, RelationshipType Type, StoredAsset End1, StoredAsset End2, TypeRegistry Registry)
{
    /// <summary>Its public guid.</summary>
    public Guid Guid => EdgeGuid.Of(Edge.Link);
}
