using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>A live edge gained or lost, as seen from the event's asset.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="Side">The end at which the event's asset stands.</param>
/// <param name="Other">The asset at the other end, by its place in the log's reference table.</param>
/// <param name="Attributes">The edge's own attributes; empty when it has none.</param>
public sealed record EdgeDelta(int RelationshipId, EndSide Side, int Other, AssetState Attributes);
