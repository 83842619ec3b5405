using System.Collections.Immutable;
using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// One read-only transaction on a database. Every statement sees the same moment, is bounded in time, and prints types and
/// expressions in one way, whatever the database and the user have set.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    // With only the system's schema on the path, every other name is printed with its schema.
    private const string Settings =
        """
        SET LOCAL search_path = pg_catalog;
        SET LOCAL quote_all_identifiers = off;
        SET LOCAL timezone = 'UTC';
        SET LOCAL datestyle = 'ISO';
        SET LOCAL intervalstyle = 'postgres';
        SET LOCAL bytea_output = 'hex';
        SET LOCAL idle_in_transaction_session_timeout = 0;
        SELECT pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('lock_timeout', $2, true);
        SAVEPOINT beginning
        """;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _source = source;
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>Connects and begins.</summary>
    /// <exception cref="SourceException">The database cannot be reached, or does not let the user in.</exception>
    public static async Task<PostgresSession> OpenAsync(NpgsqlConnectionStringBuilder address, PostgresLimits limits, CancellationToken cancellationToken)
    {
        // Only types that every database has are read, so that the driver need not ask for those of this one.
        var source = new NpgsqlDataSourceBuilder(address.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await PrepareAsync(connection, limits, cancellationToken);
            return new(source, connection, transaction);
        }
        catch (Exception failure)
        {
            await source.DisposeAsync();
            if (failure is NpgsqlException refusal)
            {
                throw new SourceException($"the database {address.Database} on {address.Host} cannot be read: {PostgresFailure.Reason(refusal)}");
            }

            throw;
        }
    }

    /// <summary>The rows of a statement, all of them read before anything else happens.</summary>
    /// <exception cref="PostgresFailure">The statement failed, and others may be tried.</exception>
    /// <exception cref="SourceException">The connection is lost, and with it the moment that was seen.</exception>
    public async Task<ImmutableArray<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        try
        {
            await using var command = Command(sql, values);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = ImmutableArray.CreateBuilder<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows.DrainToImmutable();
        }
        catch (PostgresException refusal) when (_connection.State == ConnectionState.Open)
        {
            await StepBackAsync(cancellationToken);
            throw new PostgresFailure(PostgresFailure.Reason(refusal));
        }
        catch (NpgsqlException failure)
        {
            throw Lost(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection, PostgresLimits limits, CancellationToken cancellationToken)
    {
        await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection))
        {
            await readOnly.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in Settings.Split(";\n"))
        {
            var command = new NpgsqlBatchCommand(statement);
            if (statement.Contains("$1", StringComparison.Ordinal))
            {
                command.Parameters.Add(new() { Value = Milliseconds(limits.Statement) });
                command.Parameters.Add(new() { Value = Milliseconds(limits.Statement / 5) });
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Milliseconds(TimeSpan time) => $"{Math.Max((long)time.TotalMilliseconds, 1)}ms";

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    // The driver does not guess that a number is an object id.
    private static NpgsqlParameter Parameter(object value) => value switch
    {
        uint => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Oid },
        uint[] => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid },
        _ => new() { Value = value },
    };

    // Nothing was written since, so all that the step back undoes is the failure.
    private async Task StepBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _transaction.RollbackAsync("beginning", cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw Lost(failure);
        }
    }

    private SourceException Lost(NpgsqlException failure) =>
        new($"the connection to the database {_connection.Database} broke: {PostgresFailure.Reason(failure)}");
}
