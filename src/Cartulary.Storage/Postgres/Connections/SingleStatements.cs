using Npgsql;

namespace Cartulary.Storage.Postgres.Connections;

/// <summary>Statements that are a transaction by themselves.</summary>
internal static class SingleStatements
{
    // A pooled connection may have been cut while nobody used it, which shows only when it is used; reads are tried again.
    private const int TriesMax = 3;

    /// <summary>Runs a statement once.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> ExecuteAsync(
        this NpgsqlDataSource source, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    /// <summary>Reads the rows of a statement.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> onRow, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = source.CreateCommand(sql);
                command.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(onRow(reader));
                }

                return rows;
            }
            catch (NpgsqlException failure) when (Failures.IsTransient(failure))
            {
                if (attempt == TriesMax)
                {
                    throw Failures.Told(failure);
                }
            }
        }
    }
}
