using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Http;

/// <summary>What is logged about requests: event ids 1100 to 1199.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(1100, LogLevel.Debug, "{Method} {Path} answered {Status} in {Milliseconds} ms, trace {TraceId}")]
    public static partial void RequestAnswered(this ILogger logger, string method, string? path, int status, double milliseconds, string? traceId);

    [LoggerMessage(1101, LogLevel.Debug, "{Method} {Path}: the client went away")]
    public static partial void RequestAborted(this ILogger logger, string method, string? path);

    [LoggerMessage(1102, LogLevel.Error, "{Method} {Path} failed; reference {Reference}")]
    public static partial void RequestFailed(this ILogger logger, Exception problem, string method, string? path, string reference);

    [LoggerMessage(1110, LogLevel.Error, "{Method} {Path} failed because the store did: {Failure}")]
    public static partial void StoreFailed(this ILogger logger, string method, string? path, string failure);
}
