using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What is logged of deliveries; event ids 4000 to 4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "Subscription {Subscription} cannot be read; nothing is sent to it")]
    public static partial void SubscriptionUnreadable(this ILogger logger, string subscription, Exception problem);

    [LoggerMessage(4001, LogLevel.Error, "A secret of subscription {Subscription} cannot be opened with the keys of this server; nothing is sent to it")]
    public static partial void SecretUnreadable(this ILogger logger, string subscription);

    [LoggerMessage(4002, LogLevel.Warning, "The log could not be read for subscription {Subscription}; it is tried again")]
    public static partial void ReadingFailed(this ILogger logger, string subscription, Exception? problem);

    [LoggerMessage(4003, LogLevel.Warning, "Subscription {Subscription} gets nothing any more until it is resumed: {Reason}")]
    public static partial void Disabled(this ILogger logger, string subscription, string reason);

    [LoggerMessage(4004, LogLevel.Error, "Event {Sequence} could not be made ready for subscription {Subscription}; it is tried again")]
    public static partial void SendingFailed(this ILogger logger, string subscription, long sequence, Exception problem);

    [LoggerMessage(4005, LogLevel.Warning, "What was delivered could not be stored; it is tried again")]
    public static partial void CheckpointFailed(this ILogger logger, Exception problem);

    [LoggerMessage(4006, LogLevel.Warning, "Subscriptions could not be looked after; it is tried again")]
    public static partial void KeepingFailed(this ILogger logger, Exception problem);

    [LoggerMessage(4009, LogLevel.Warning, "Subscription {Subscription} has been stopped for more than {Days} days: the log is not kept for it any more")]
    public static partial void HoldsNoMore(this ILogger logger, string subscription, double days);

    [LoggerMessage(4010, LogLevel.Warning, "Subscription {Subscription} is paused: event {Sequence} follows from {Depth} others, each saved in answer to the one before")]
    public static partial void Looped(this ILogger logger, string subscription, long sequence, int depth);

    [LoggerMessage(4011, LogLevel.Warning, "The receiver of subscription {Subscription} has failed for some time, and nothing goes to it but probes; {Reason}")]
    public static partial void Failing(this ILogger logger, string subscription, string? reason);

    [LoggerMessage(4012, LogLevel.Information, "The receiver of subscription {Subscription} takes events again")]
    public static partial void Recovered(this ILogger logger, string subscription);

    [LoggerMessage(4013, LogLevel.Warning, "Subscription {Subscription} has given up {Count} events, the first of them {Sequence}; {Reason}")]
    public static partial void GivenUp(this ILogger logger, string subscription, int count, long sequence, string? reason);

    [LoggerMessage(4014, LogLevel.Warning, "Subscription {Subscription} has expired: what follows {Sequence} has been trimmed from the log")]
    public static partial void Expired(this ILogger logger, string subscription, long sequence);

    [LoggerMessage(4007, LogLevel.Debug, "This server serves shard {Shard} of the subscriptions")]
    public static partial void ShardTaken(this ILogger logger, int shard);

    [LoggerMessage(4008, LogLevel.Debug, "This server serves shard {Shard} of the subscriptions no more")]
    public static partial void ShardLost(this ILogger logger, int shard);
}
