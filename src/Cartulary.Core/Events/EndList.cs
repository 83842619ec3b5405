using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>The live partners of one relationship attribute right after a save.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="Side">The end at which the event's asset stands.</param>
/// <param name="Members">The partners.</param>
public sealed record EndList(int RelationshipId, EndSide Side, ImmutableArray<LoggedAsset> Members);
