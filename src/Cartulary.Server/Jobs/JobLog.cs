using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Jobs;

/// <summary>What is logged of jobs; event ids 1600 to 1699.</summary>
internal static partial class JobLog
{
    [LoggerMessage(1600, LogLevel.Information, "Job {Job} deletes {Assets} assets of {Connection}")]
    public static partial void JobBegun(this ILogger logger, Guid job, long assets, string connection);

    [LoggerMessage(1601, LogLevel.Information, "Job {Job} goes on with the {Assets} assets that are left")]
    public static partial void JobResumed(this ILogger logger, Guid job, int assets);

    [LoggerMessage(1602, LogLevel.Information, "Job {Job} is done")]
    public static partial void JobDone(this ILogger logger, Guid job);

    [LoggerMessage(1603, LogLevel.Error, "Job {Job} has failed: {Problem}")]
    public static partial void JobFailed(this ILogger logger, Guid job, string problem);

    [LoggerMessage(1604, LogLevel.Warning, "Job {Job} was interrupted and goes on later")]
    public static partial void JobInterrupted(this ILogger logger, Guid job, Exception failure);

    [LoggerMessage(1605, LogLevel.Warning, "Looking for jobs failed")]
    public static partial void LookingFailed(this ILogger logger, Exception failure);
}
