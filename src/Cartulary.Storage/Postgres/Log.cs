using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Postgres;

/// <summary>What the PostgreSQL store tells its operator; event ids 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Information, "Opened the catalog {Place} at commit {Commit}, sequence {Sequence}, schema {Schema}")]
    public static partial void Opened(ILogger logger, string place, long commit, long sequence, long schema);

    [LoggerMessage(2201, LogLevel.Information, "Brought the catalog {Place} from schema {Before} to {Now}")]
    public static partial void Migrated(ILogger logger, string place, long before, long now);

    [LoggerMessage(2202, LogLevel.Warning, "The head could not be looked at")]
    public static partial void HeadNotSeen(ILogger logger, Exception failure);

    [LoggerMessage(2203, LogLevel.Warning, "The connection broke during commit {Commit}; the database is asked whether it was made")]
    public static partial void OutcomeUnknown(ILogger logger, long commit, Exception failure);

    [LoggerMessage(2204, LogLevel.Warning, "Commit {Commit}, during which the connection broke, was made: {WasMade}")]
    public static partial void OutcomeKnown(ILogger logger, long commit, bool wasMade);

    [LoggerMessage(
        2205,
        LogLevel.Critical,
        "The database has lost commits: this server had seen commit {Seen}, and the log {LostLog} now ends at {Found} or goes on otherwise. "
        + "The log is called {NewLog} from now on, so that readers notice")]
    public static partial void TailLost(ILogger logger, long seen, Guid lostLog, long found, Guid newLog);

    [LoggerMessage(2206, LogLevel.Warning, "The catalog's log is now called {LogId}; another server, or a restore, gave it the name")]
    public static partial void OtherLog(ILogger logger, Guid logId);
}
