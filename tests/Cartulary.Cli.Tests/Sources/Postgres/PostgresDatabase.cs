using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Cli.Tests.Sources.Postgres;

/// <summary>A database of a test's own on the server of the tests, dropped when the test ends.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private static int _count;

    private readonly PostgresSchema _place;
    private readonly NpgsqlConnectionStringBuilder _address;

    private PostgresDatabase(PostgresSchema place, NpgsqlConnectionStringBuilder address)
    {
        _place = place;
        _address = address;
    }

    public string Name => _address.Database!;

    public string Dsn => DsnOf(_address.Username!);

    internal NpgsqlConnectionStringBuilder Address => new(_address.ConnectionString);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PostgresDatabase> NewAsync(PostgresCluster cluster, string script)
    {
        var place = await cluster.NewSchemaAsync(Token);
        var name = $"crawl_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        await RunAsync(place.ConnectionString, $"CREATE DATABASE {name} TEMPLATE template0");
        var address = new NpgsqlConnectionStringBuilder(place.ConnectionString) { Database = name, SearchPath = null, Pooling = false };
        var database = new PostgresDatabase(place, address);
        await database.RunAsync(script);
        return database;
    }

    public string DsnOf(string user) =>
        $"host={_address.Host} port={_address.Port} dbname={Name} user={user}{(_address.Password is { } password ? $" password='{password}'" : "")}";

    public Task RunAsync(string script) => RunAsync(_address.ConnectionString, script);

    /// <summary>Opens a connection and runs a script that leaves something behind in it, such as a lock.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string script)
    {
        var connection = new NpgsqlConnection(_address.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(_place.ConnectionString, $"DROP DATABASE {Name} WITH (FORCE)");
        await _place.DisposeAsync();
    }

    private static async Task RunAsync(string address, string script)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
