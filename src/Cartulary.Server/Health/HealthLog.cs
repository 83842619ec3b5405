using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Health;

/// <summary>What is logged about the server's health: event ids 1300 to 1399.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(1300, LogLevel.Warning, "The store cannot be read")]
    public static partial void StoreNotReadable(this ILogger logger, Exception problem);

    [LoggerMessage(1301, LogLevel.Warning, "What is delivered cannot be stored")]
    public static partial void DeliveriesNotWritable(this ILogger logger, Exception problem);
}
