using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Sqlite;

/// <summary>What the SQLite store tells its operator; event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Opened the catalog {Path} at commit {Commit}, sequence {Sequence}, schema {Schema}")]
    public static partial void Opened(ILogger logger, string path, long commit, long sequence, long schema);

    [LoggerMessage(2001, LogLevel.Information, "Brought the catalog {Path} from schema {Before} to {Now}")]
    public static partial void Migrated(ILogger logger, string path, long before, long now);

    [LoggerMessage(2002, LogLevel.Warning, "A group of {Members} saves was undone and is written one by one")]
    public static partial void GroupUndone(ILogger logger, int members, Exception failure);

    [LoggerMessage(2003, LogLevel.Error, "A save failed in the database; nothing of it is stored")]
    public static partial void SaveFailed(ILogger logger, Exception failure);

    [LoggerMessage(2004, LogLevel.Warning, "A checkpoint beside the writer failed")]
    public static partial void CheckpointFailed(ILogger logger, Exception failure);
}
