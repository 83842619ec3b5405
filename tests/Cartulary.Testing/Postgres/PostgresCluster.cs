using Npgsql;

namespace Cartulary.Testing.Postgres;

/// <summary>
/// Places for tests: on the server that <c>CARTULARY_TEST_POSTGRES</c> names by a connection string, or on one of the tests'
/// own that is started when the first place is asked for. One for a whole test program, with a database of its own.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _databaseName = $"cartulary_{Guid.NewGuid():N}";
    private PostgresServer? _own;
    private string? _server;
    private string? _database;
    private int _schemas;

    /// <summary>Makes an empty schema.</summary>
    public async Task<PostgresSchema> NewSchemaAsync(CancellationToken cancellationToken)
    {
        var database = await DatabaseAsync(cancellationToken);
        var name = $"test_{Interlocked.Increment(ref _schemas)}";
        await RunAsync(database, $"CREATE SCHEMA {name}", cancellationToken);
        return new PostgresSchema(this, name, new NpgsqlConnectionStringBuilder(database) { SearchPath = name }.ConnectionString);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        NpgsqlConnection.ClearAllPools();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
        else if (_database is not null)
        {
            await RunAsync(_server!, $"DROP DATABASE IF EXISTS {_databaseName} WITH (FORCE)", CancellationToken.None);
        }
    }

    internal async Task DropAsync(string schema) => await RunAsync(_database!, $"DROP SCHEMA IF EXISTS {schema} CASCADE", CancellationToken.None);

    private async Task<string> DatabaseAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _database ??= await NewDatabaseAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        _server = Environment.GetEnvironmentVariable("CARTULARY_TEST_POSTGRES") is { Length: > 0 } given
            ? given
            : (_own = await PostgresServer.StartNewAsync(isDurable: false, cancellationToken)).ConnectionString;
        await RunAsync(_server, $"CREATE DATABASE {_databaseName} TEMPLATE template0", cancellationToken);
        return new NpgsqlConnectionStringBuilder(_server) { Database = _databaseName }.ConnectionString;
    }

    internal static async Task RunAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
