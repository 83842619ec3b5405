using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>Who saves, and by which request.</summary>
/// <param name="SaveId">Names the save; one per committed save.</param>
/// <param name="Actor">The authenticated principal's name.</param>
/// <param name="Channel">The way it came, for example <c>api</c>.</param>
/// <param name="DeleteHandler">The kind of deletion asked for, shown in delete events; null when nothing is deleted.</param>
/// <param name="Headers">The request's headers that go into every event, with their spelling kept.</param>
public sealed record CommitContext(
    Guid SaveId, string Actor, string Channel, string? DeleteHandler, ImmutableSortedDictionary<string, string> Headers);
