namespace Cartulary.Core.Events;

/// <summary>Why an asset that the request does not list changed: another asset of the same save, and what joins them.</summary>
/// <param name="EventIndex">The place, in the same commit, of the event of the asset it follows from.</param>
/// <param name="JoinedBy">The number of the relationship type that joins them, or of the tag that is passed on.</param>
public sealed record EventCause(int EventIndex, int JoinedBy);
