using Npgsql;

namespace Cartulary.Storage.Migration;

/// <summary>One transaction of the copy; it leaves nothing behind unless it is committed.</summary>
internal sealed class CopyStep : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private CopyStep(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        _transaction = transaction;
    }

    /// <summary>The connection of the transaction.</summary>
    public NpgsqlConnection Connection { get; }

    public static async Task<CopyStep> BeginAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            return new CopyStep(connection, await connection.BeginTransactionAsync(cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The one value that a statement gives.</summary>
    public async Task<object?> AskAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Takes the next rows of the source in, up to so many. They go over while they are read.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CopyAsync(CopyTable table, SourceRow rows, int rowsMax, CancellationToken cancellationToken)
    {
        await using var target = await Connection.BeginBinaryImportAsync(table.Copy, cancellationToken);
        var copied = 0;
        while (copied < rowsMax && rows.Values.Step())
        {
            await target.StartRowAsync(cancellationToken);
            for (var place = 0; place < table.Columns.Count; place++)
            {
                table.Columns[place].Write(rows, place, target);
            }

            copied++;
        }

        await target.CompleteAsync(cancellationToken);
        return copied;
    }

    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }
}
