using Cartulary.Core.Assets;

namespace Cartulary.Core.Ports;

/// <summary>One edge between two stored assets. The edges of a symmetric relationship are stored with the lower guid at end 1.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="End1">The asset at end 1.</param>
/// <param name="End2">The asset at end 2.</param>
public readonly record struct EdgeKey(int RelationshipId, AssetId End1, AssetId End2);
