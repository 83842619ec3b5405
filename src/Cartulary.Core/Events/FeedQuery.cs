using System.Collections.Immutable;

namespace Cartulary.Core.Events;

/// <summary>Which events a reader of the feed wants.</summary>
/// <param name="After">Events after this sequence.</param>
/// <param name="Limit">At most this many.</param>
public sealed record FeedQuery(long After, int Limit)
{
    /// <summary>Fewer bytes of events in a page than the feed's own limit, or null for that one.</summary>
    public int? PageBytes { get; init; }

    /// <summary>Only these operation types; empty for all.</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    /// <summary>Only assets of these types and their subtypes; empty for all.</summary>
    public ImmutableArray<string> TypeNames { get; init; } = [];

    /// <summary>Only these assets; empty for all.</summary>
    public ImmutableArray<Guid> Guids { get; init; } = [];

    /// <summary>Only assets whose qualified name begins so; null for all.</summary>
    public string? QualifiedNamePrefix { get; init; }

    /// <summary>Updates whose only changes are in these attributes are passed over; nothing else is.</summary>
    public ImmutableArray<string> IgnoreAttributes { get; init; } = [];

    /// <summary>Events of saves by these principals are passed over.</summary>
    public ImmutableArray<string> ExcludeActors { get; init; } = [];

    /// <summary>Events of saves that came with one of these headers are passed over: the name in any case, the value exactly.</summary>
    public ImmutableArray<KeyValuePair<string, string>> ExcludeHeaders { get; init; } = [];
}
