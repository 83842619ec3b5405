using System.Collections.Immutable;
using Cartulary.Delivery.Secrets;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>What a request says of a subscription; null for what it does not say.</summary>
public sealed record SubscriptionWish
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Where messages go.</summary>
    public Uri? Url { get; init; }

    /// <summary>In which form.</summary>
    public WebhookFormat? Format { get; init; }

    /// <summary>Only these operation types.</summary>
    public ImmutableArray<string>? Events { get; init; }

    /// <summary>Only assets of these types and their subtypes.</summary>
    public ImmutableArray<string>? TypeNames { get; init; }

    /// <summary>Only assets whose qualified name begins so; empty for all.</summary>
    public string? QualifiedNamePrefix { get; init; }

    /// <summary>Saves by these principals are passed over.</summary>
    public ImmutableArray<string>? ExcludeActors { get; init; }

    /// <summary>Saves that came with one of these headers are passed over.</summary>
    public ImmutableArray<KeyValuePair<string, string>>? ExcludeHeaders { get; init; }

    /// <summary>Updates whose only changes are in these attributes are passed over.</summary>
    public ImmutableArray<string>? IgnoreAttributes { get; init; }

    /// <summary>Most messages under way at a time.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>How long the receiver may take, in milliseconds.</summary>
    public int? TimeoutMilliseconds { get; init; }

    /// <summary>Headers that every message carries.</summary>
    public ImmutableArray<KeyValuePair<string, Secret>>? Headers { get; init; }

    /// <summary>The first secret.</summary>
    public Secret? Secret { get; init; }

    /// <summary>Where to begin; null for the next event to come.</summary>
    public long? StartAt { get; init; }

    /// <summary>Whether it is to run: false pauses it, true resumes it.</summary>
    public bool? IsActive { get; init; }

    /// <summary>A subscription with this wish fulfilled; secrets and headers are not part of it.</summary>
    public Subscription On(Subscription subscription) => subscription with
    {
        Name = Name ?? subscription.Name,
        Url = Url ?? subscription.Url,
        Events = Events ?? subscription.Events,
        TypeNames = TypeNames ?? subscription.TypeNames,
        QualifiedNamePrefix = QualifiedNamePrefix is null ? subscription.QualifiedNamePrefix : QualifiedNamePrefix.Length == 0 ? null : QualifiedNamePrefix,
        ExcludeActors = ExcludeActors ?? subscription.ExcludeActors,
        ExcludeHeaders = ExcludeHeaders ?? subscription.ExcludeHeaders,
        IgnoreAttributes = IgnoreAttributes ?? subscription.IgnoreAttributes,
        MaxInFlight = MaxInFlight ?? subscription.MaxInFlight,
        TimeoutMilliseconds = TimeoutMilliseconds ?? subscription.TimeoutMilliseconds,
        Paused = IsActive switch { true => null, false => PauseReason.ByRequest, null => subscription.Paused },
    };
}
