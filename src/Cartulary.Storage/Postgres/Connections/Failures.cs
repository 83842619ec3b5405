using System.Net.Sockets;
using Cartulary.Core.Ports;
using Npgsql;

namespace Cartulary.Storage.Postgres.Connections;

/// <summary>Tells failures that pass by themselves from those that would come again.</summary>
internal static class Failures
{
    /// <summary>
    /// Whether the same may go well a little later: the database is starting, stopping or switching over, has too many
    /// connections, cut this one off, or took too long.
    /// </summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        StoreUnavailableException unavailable => !unavailable.IsOutcomeUnknown,
        PostgresException refused => IsTransient(refused.SqlState),
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
        AggregateException several => several.InnerExceptions.Any(IsTransient),
        _ => false,
    };

    /// <summary>What a reader is told of a failure.</summary>
    public static Exception Told(Exception failure) =>
        failure is not StoreUnavailableException && IsTransient(failure) ? new StoreUnavailableException(failure) : failure;

    /// <summary>Whether a failed statement may nevertheless have been carried out: only a plain error says that it was not.</summary>
    public static bool LeavesOutcomeOpen(Exception failure) =>
        failure is not PostgresException { InvariantSeverity: "ERROR", SqlState: not PostgresErrorCodes.QueryCanceled };

    private static bool IsTransient(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state is PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ReadOnlySqlTransaction
            or "25P03"
            or "25P04";
}
