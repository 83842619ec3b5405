using Npgsql;

namespace Cartulary.Testing.Postgres;

/// <summary>
/// Databases for tests: on the server that <c>CARTULARY_TEST_POSTGRES</c> names by a connection string, or on one of the
/// tests' own that is started when the first database is asked for. One for a whole test program.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private PostgresServer? _own;
    private string? _server;

    /// <summary>Makes an empty database.</summary>
    public async Task<PostgresDatabase> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        var server = await ServerAsync(cancellationToken);
        var name = $"cartulary_{Guid.NewGuid():N}";
        await RunAsync(server, $"CREATE DATABASE {name} TEMPLATE template0", cancellationToken);
        return new PostgresDatabase(this, name, new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        await (_own?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    internal async Task DropAsync(string database) =>
        await RunAsync(_server!, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)", CancellationToken.None);

    private async Task<string> ServerAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _server ??= Environment.GetEnvironmentVariable("CARTULARY_TEST_POSTGRES") is { Length: > 0 } given
                ? given
                : (_own = await PostgresServer.StartNewAsync(isDurable: false, cancellationToken)).ConnectionString;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task RunAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{server};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
