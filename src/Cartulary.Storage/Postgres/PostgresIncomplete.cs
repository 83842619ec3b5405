using Npgsql;

namespace Cartulary.Storage.Postgres;

/// <summary>Tells whether a place in a database holds a catalog that is still being carried there.</summary>
internal static class PostgresIncomplete
{
    /// <summary>The table that is there meanwhile.</summary>
    public const string Table = "cartulary_migration";

    private const string IsThere = $"SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{Table}')";

    /// <summary>Looks.</summary>
    public static async Task<bool> IsAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await IsAsync(connection, cancellationToken);
    }

    /// <summary>Looks, in a transaction that is open.</summary>
    public static async Task<bool> IsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(IsThere, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
