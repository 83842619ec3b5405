using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Sqlite;

/// <summary>What the SQLite store tells its operator; event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Opened the catalog {Path} at commit {Commit}, sequence {Sequence}, schema {Schema}")]
    public static partial void Opened(ILogger logger, string path, long commit, long sequence, long schema);

    [LoggerMessage(2001, LogLevel.Information, "Brought the catalog {Path} from schema {Before} to {Now}")]
    public static partial void Migrated(ILogger logger, string path, long before, long now);

    [LoggerMessage(2004, LogLevel.Warning, "A checkpoint beside the writer failed")]
    public static partial void CheckpointFailed(ILogger logger, Exception failure);
}
