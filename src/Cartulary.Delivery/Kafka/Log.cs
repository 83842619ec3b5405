using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>What is logged of the sink; event ids 4100 to 4149.</summary>
internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "This server sends events to Kafka from sequence {Position} on, {Partitions} partitions")]
    public static partial void Sending(this ILogger logger, long position, int partitions);

    [LoggerMessage(4101, LogLevel.Warning, "Events are not sent to Kafka for now: {Reason}")]
    public static partial void Troubled(this ILogger logger, string reason);

    [LoggerMessage(4102, LogLevel.Error, "Nothing is sent to Kafka until somebody resumes the sink: {Reason}")]
    public static partial void Blocked(this ILogger logger, string reason);

    [LoggerMessage(4103, LogLevel.Warning, "The sink of events to Kafka could not be looked after; it is tried again")]
    public static partial void KeepingFailed(this ILogger logger, Exception problem);

    [LoggerMessage(4104, LogLevel.Debug, "Another server sends events to Kafka now")]
    public static partial void LeaseLost(this ILogger logger);

    [LoggerMessage(4105, LogLevel.Debug, "Kafka client: {Message}")]
    public static partial void ClientSaid(this ILogger logger, string message);

    [LoggerMessage(4106, LogLevel.Warning, "Records are sent to Kafka one in a request from now on, because a request of many was refused as too large: raise the topic's max.message.bytes")]
    public static partial void SendingAlone(this ILogger logger);

    [LoggerMessage(4107, LogLevel.Warning, "How far events are sent to Kafka could not be stored; it is tried again")]
    public static partial void CheckpointFailed(this ILogger logger, Exception problem);

    [LoggerMessage(4108, LogLevel.Warning, "Events to Kafka stand still after {Position} for more than {Days} days, and what follows may be trimmed from now on")]
    public static partial void HoldsNoMore(this ILogger logger, long position, double days);
}
