using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Retention;

/// <summary>What is logged about the trimming of the log: event ids 1400 to 1499.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(1400, LogLevel.Information, "Trimmed the log: the oldest event is {Oldest} now, the newest {Head}")]
    public static partial void Trimmed(this ILogger logger, long oldest, long head);

    [LoggerMessage(1401, LogLevel.Error, "Trimming the log failed; it is tried again")]
    public static partial void TrimmingFailed(this ILogger logger, Exception problem);
}
