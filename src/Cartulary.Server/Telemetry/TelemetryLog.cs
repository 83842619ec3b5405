using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Telemetry;

/// <summary>What is logged about saves and telemetry: event ids 1400 to 1499.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(1400, LogLevel.Debug, "save {Outcome}: {Assets} assets, commit {Commit}, trace {TraceId}")]
    public static partial void SaveEnded(this ILogger logger, string outcome, int assets, long commit, string? traceId);
}
