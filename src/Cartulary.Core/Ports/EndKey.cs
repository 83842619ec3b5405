using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Ports;

/// <summary>One relationship attribute of one stored asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="Side">
/// The end at which the asset stands. For a symmetric relationship (both ends the same attribute) it says nothing: edges
/// are found from either end.
/// </param>
/// <param name="IsSymmetric">Whether the relationship is symmetric.</param>
public readonly record struct EndKey(AssetId Asset, int RelationshipId, EndSide Side, bool IsSymmetric);
