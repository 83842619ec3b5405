using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>The bounds of all deliveries of one server together.</summary>
public sealed record DispatchLimits
{
    /// <summary>Most messages under way at a time, to all receivers together.</summary>
    public int SendSlots { get; init; } = 1_024;

    /// <summary>Most subscriptions that are behind the head of the log and read it at a time.</summary>
    public int ReadersBehind { get; init; } = 4;

    /// <summary>Events that a subscription reads at a time.</summary>
    public int PageEvents { get; init; } = 256;

    /// <summary>Bytes that a subscription reads at a time.</summary>
    public int PageBytes { get; init; } = 1024 * 1024;

    /// <summary>How often what was settled is stored.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>With so many settled events it is stored at once.</summary>
    public int CheckpointEvents { get; init; } = 500;

    /// <summary>How often a place is stored that moved only over events which are not for the subscription.</summary>
    public TimeSpan CheckpointIdleEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long messages under way may take when the server stops.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often what is kept of deliveries for people is looked through.</summary>
    public TimeSpan CleanEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long events that were given up are kept.</summary>
    public TimeSpan DeadLettersFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long failed attempts are kept.</summary>
    public TimeSpan FailuresFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most failed attempts that are kept of a subscription.</summary>
    public int FailuresMax { get; init; } = 1_000;

    /// <summary>Most successful attempts that are kept of a subscription.</summary>
    public int SuccessesMax { get; init; } = 100;

    /// <summary>How long notices are kept.</summary>
    public TimeSpan NoticesFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Most notices that are kept of a subscription.</summary>
    public int NoticesMax { get; init; } = 1_000;

    /// <summary>A subscription is paused at an event that follows from so many others, each saved in answer to the one before.</summary>
    public int LoopDepth { get; init; } = 16;

    /// <summary>Metrics name so many subscriptions, the first by id.</summary>
    public int SubscriptionsLabelled { get; init; } = 1_000;

    /// <summary>A receiver that takes longer than this counts as slow.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is kept at a time.</summary>
    public DeliveryKeeping KeepingAt(DateTimeOffset now) => new(
        (now - DeadLettersFor).ToUnixTimeMilliseconds(),
        (now - FailuresFor).ToUnixTimeMilliseconds(),
        FailuresMax,
        SuccessesMax,
        (now - NoticesFor).ToUnixTimeMilliseconds(),
        NoticesMax);
}
