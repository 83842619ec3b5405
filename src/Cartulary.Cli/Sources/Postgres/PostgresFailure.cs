using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A statement failed, in the database's words, while the transaction goes on: no permission, a lock that is held, too slow.</summary>
internal sealed class PostgresFailure(string reason) : Exception(reason)
{
    /// <summary>What a failure says to people, in one line.</summary>
    public static string Reason(NpgsqlException failure) => failure switch
    {
        PostgresException refusal => refusal.MessageText,
        { InnerException: { } inner } => inner.Message,
        _ => failure.Message,
    };
}
