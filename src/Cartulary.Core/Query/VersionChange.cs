using System.Collections.Immutable;
using Cartulary.Core.Events;

namespace Cartulary.Core.Query;

/// <summary>What gave an asset a version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Time">The commit's time, epoch milliseconds.</param>
/// <param name="Actor">Who saved.</param>
/// <param name="SaveId">Names the save.</param>
/// <param name="Events">The events that tell it, in their order; none when they were trimmed.</param>
public sealed record VersionChange(long Version, long Time, string Actor, Guid SaveId, ImmutableArray<EventChange> Events);

/// <summary>What one event says has changed, by name. A creation changes all that it gives a value.</summary>
/// <param name="Sequence">The event's sequence.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Attributes">Attributes, by name in ordinal order.</param>
/// <param name="Relationships">Relationship attributes, by name in ordinal order.</param>
/// <param name="Status">Whether the status changed.</param>
/// <param name="Labels">Whether the labels changed.</param>
/// <param name="CustomAttributes">Whether the custom attributes changed.</param>
/// <param name="Tags">Tags, by type in ordinal order.</param>
/// <param name="CustomMetadata">Attributes of custom metadata as <c>set.attribute</c>, in ordinal order.</param>
public sealed record EventChange(
    long Sequence,
    EventKind Kind,
    ImmutableArray<string> Attributes,
    ImmutableArray<string> Relationships,
    bool Status,
    bool Labels,
    bool CustomAttributes,
    ImmutableArray<string> Tags,
    ImmutableArray<string> CustomMetadata);
