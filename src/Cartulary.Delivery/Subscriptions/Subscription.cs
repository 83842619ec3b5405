using System.Collections.Immutable;
using Cartulary.Core.Events;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>What somebody wants to be told, and where. Times are epoch milliseconds.</summary>
public sealed record Subscription
{
    /// <summary>The operation types that a subscription gets when it does not say which: the six that Atlan documents and its SDK can read.</summary>
    public static ImmutableArray<string> DefaultEvents { get; } =
        ["ENTITY_CREATE", "ENTITY_UPDATE", "ENTITY_DELETE", "BUSINESS_ATTRIBUTE_UPDATE", "CLASSIFICATION_ADD", "CLASSIFICATION_DELETE"];

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where messages go.</summary>
    public required Uri Url { get; init; }

    /// <summary>In which form.</summary>
    public required WebhookFormat Format { get; init; }

    /// <summary>Only these operation types.</summary>
    public ImmutableArray<string> Events { get; init; } = DefaultEvents;

    /// <summary>Only assets of these types and their subtypes; empty for all.</summary>
    public ImmutableArray<string> TypeNames { get; init; } = [];

    /// <summary>Only assets whose qualified name begins so; null for all.</summary>
    public string? QualifiedNamePrefix { get; init; }

    /// <summary>Saves by these principals are passed over.</summary>
    public ImmutableArray<string> ExcludeActors { get; init; } = [];

    /// <summary>Saves that came with one of these headers are passed over.</summary>
    public ImmutableArray<KeyValuePair<string, string>> ExcludeHeaders { get; init; } = [];

    /// <summary>Updates whose only changes are in these attributes are passed over.</summary>
    public ImmutableArray<string> IgnoreAttributes { get; init; } = [];

    /// <summary>Most messages under way at a time.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>How long the receiver may take to answer, in milliseconds.</summary>
    public int TimeoutMilliseconds { get; init; } = 15_000;

    /// <summary>Headers that every message carries, with their values encrypted.</summary>
    public ImmutableArray<KeyValuePair<string, ReadOnlyMemory<byte>>> Headers { get; init; } = [];

    /// <summary>The secrets that messages are signed with, newest first.</summary>
    public ImmutableArray<StoredSecret> Secrets { get; init; } = [];

    /// <summary>Why somebody, or the server, has paused it; null while it runs.</summary>
    public string? Paused { get; init; }

    /// <summary>Since when it is paused, epoch milliseconds; null while it runs, and when nobody noted it.</summary>
    public long? PausedSince { get; init; }

    /// <summary>An event that went round in circles so long that the subscription was paused: up to here, none does so again. Zero when that never happened.</summary>
    public long LoopUpTo { get; init; }

    /// <summary>Events up to this sequence may have been sent before its place was set back; zero when that never happened.</summary>
    public long ReplayedUpTo { get; init; }

    /// <summary>When it was made.</summary>
    public required long Created { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The events that it wants, after a place in the log.</summary>
    public FeedQuery Query(long after, int limit) => new(after, limit)
    {
        Operations = Events,
        TypeNames = TypeNames,
        QualifiedNamePrefix = QualifiedNamePrefix,
        IgnoreAttributes = IgnoreAttributes,
        ExcludeActors = ExcludeActors,
        ExcludeHeaders = ExcludeHeaders,
    };
}
