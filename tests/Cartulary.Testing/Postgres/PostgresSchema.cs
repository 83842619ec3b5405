namespace Cartulary.Testing.Postgres;

/// <summary>An empty schema of one test, which goes with this object: much cheaper than a database, and as much of its own.</summary>
public sealed class PostgresSchema : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly string _name;

    internal PostgresSchema(PostgresCluster cluster, string name, string connectionString)
    {
        _cluster = cluster;
        _name = name;
        ConnectionString = connectionString;
    }

    /// <summary>Connects to the database with the schema as its search path.</summary>
    public string ConnectionString { get; }

    /// <summary>Runs a statement in it.</summary>
    public Task RunAsync(string sql, CancellationToken cancellationToken) => PostgresCluster.RunAsync(ConnectionString, sql, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _cluster.DropAsync(_name);
}
