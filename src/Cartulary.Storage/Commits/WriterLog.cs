using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Commits;

/// <summary>What the writer of a store tells its operator; event ids 2100 to 2149.</summary>
internal static partial class WriterLog
{
    [LoggerMessage(2100, LogLevel.Warning, "A group of {Members} saves was undone and is written one by one")]
    public static partial void GroupUndone(ILogger logger, int members, Exception failure);

    [LoggerMessage(2101, LogLevel.Error, "A save failed in the database; nothing of it is stored")]
    public static partial void SaveFailed(ILogger logger, Exception failure);

    [LoggerMessage(2102, LogLevel.Information, "A group of {Members} saves met a database that was away or busy, and is tried again")]
    public static partial void TriedAgain(ILogger logger, int members, Exception failure);

    [LoggerMessage(2103, LogLevel.Error, "The database is away; {Members} saves were turned away")]
    public static partial void DatabaseAway(ILogger logger, int members, Exception failure);
}
