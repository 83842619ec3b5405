namespace Cartulary.Testing.Postgres;

/// <summary>A database of one test, which goes with this object.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly string _name;

    internal PostgresDatabase(PostgresCluster cluster, string name, string connectionString)
    {
        _cluster = cluster;
        _name = name;
        ConnectionString = connectionString;
    }

    /// <summary>Connects to it.</summary>
    public string ConnectionString { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _cluster.DropAsync(_name);
}
