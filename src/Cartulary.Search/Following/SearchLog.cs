using Microsoft.Extensions.Logging;

namespace Cartulary.Search.Following;

/// <summary>What is logged of the search index: event ids 1700 to 1799.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(1700, LogLevel.Information, "The search index is being built")]
    public static partial void BuildBegun(this ILogger logger);

    [LoggerMessage(1701, LogLevel.Information, "The search index is built: {Assets} assets in {Seconds:F1} s")]
    public static partial void BuildDone(this ILogger logger, long assets, double seconds);

    [LoggerMessage(1702, LogLevel.Debug, "The search index follows the log from event {Sequence} with {Assets} assets")]
    public static partial void FollowingBegun(this ILogger logger, long sequence, int assets);

    [LoggerMessage(1703, LogLevel.Error, "The search index cannot be used; it is tried again")]
    public static partial void FollowingFailed(this ILogger logger, Exception failure);

    [LoggerMessage(1704, LogLevel.Error, "The search index is damaged; it is built again")]
    public static partial void IndexDamaged(this ILogger logger, Exception damage);
}
