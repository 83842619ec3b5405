using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>A live edge that stays but whose own attributes change, as seen from the event's asset.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="Side">The end at which the event's asset stands.</param>
/// <param name="Other">The asset at the other end, by its place in the log's reference table.</param>
/// <param name="Before">The edge's attributes before.</param>
/// <param name="After">The edge's attributes after.</param>
public sealed record EdgeAttributesChange(int RelationshipId, EndSide Side, int Other, AssetState Before, AssetState After);
