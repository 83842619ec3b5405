using Cartulary.Storage.Schemas;
using Npgsql;

namespace Cartulary.Storage.Postgres.Schema;

/// <summary>
/// Brings a database to the newest schema: runs the numbered scripts beside this file that it has not run yet, all in one
/// transaction. Servers that start together do so one after another.
/// </summary>
internal static class SchemaMigrator
{
    // Building an index over a grown table, or waiting for another server that does, takes as long as it takes.
    private const string Unhurried = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

    /// <summary>Lets one server at a time do what only one may do at the start; until the transaction ends.</summary>
    // Any number that nobody else in the database uses would do.
    internal const string TakeTurn = "SELECT pg_advisory_xact_lock(4848163750962014)";

    private const string KeepVersion =
        """
        CREATE TABLE IF NOT EXISTS cartulary_schema (version integer NOT NULL PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())
        """;

    private const string Version = "SELECT coalesce(max(version), 0) FROM cartulary_schema";

    private const string Applied = "INSERT INTO cartulary_schema (version) VALUES ($1)";

    private const string FirstHead =
        """
        INSERT INTO head (one, log_id, n, sequence, oldest, trimmed, registry_version, time, asset, revision, edge)
        VALUES (true, $1, 0, 0, 1, 0, 0, 0, 0, 0, 0)
        ON CONFLICT (one) DO NOTHING
        """;

    /// <summary>Runs what is missing; a new catalog's log gets the given id.</summary>
    /// <returns>The schema found before and the schema now.</returns>
    /// <exception cref="UnknownSchemaException">The database has a schema that is newer than all scripts.</exception>
    /// <exception cref="IOException">The database cannot hold every text.</exception>
    public static async Task<(int Before, int Now)> MigrateAsync(NpgsqlDataSource source, string place, Guid logId, CancellationToken cancellationToken)
    {
        var scripts = SchemaScripts.In("Postgres");
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        RequireAllTexts(connection, place);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, Unhurried, cancellationToken);
        await RunAsync(connection, TakeTurn, cancellationToken);
        await RunAsync(connection, KeepVersion, cancellationToken);
        var before = await VersionAsync(connection, cancellationToken);
        if (before > scripts.Length)
        {
            throw new UnknownSchemaException(place, before, scripts.Length);
        }

        for (var number = before; number < scripts.Length; number++)
        {
            await RunAsync(connection, scripts[number], cancellationToken);
            await RunAsync(connection, Applied, cancellationToken, new NpgsqlParameter<int> { TypedValue = number + 1 });
        }

        await RunAsync(connection, FirstHead, cancellationToken, new NpgsqlParameter<Guid> { TypedValue = logId });
        await transaction.CommitAsync(cancellationToken);
        return (before, scripts.Length);
    }

    /// <summary>
    /// A database in another encoding takes catalogs and refuses single texts later: the answer of a webhook's receiver, say, and with it all that was
    /// delivered meanwhile. One without any encoding keeps all bytes as they are.
    /// </summary>
    private static void RequireAllTexts(NpgsqlConnection connection, string place)
    {
        if (connection.PostgresParameters["server_encoding"] is not ("UTF8" or "SQL_ASCII") and var encoding)
        {
            throw new IOException($"The catalog {place} cannot be opened: the database is encoded in {encoding}, and must be in UTF8");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Version, connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        // How long a statement may take is said to the database, see above; the client must not be in more of a hurry.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
