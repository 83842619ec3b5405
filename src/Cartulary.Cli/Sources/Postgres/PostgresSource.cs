using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// A PostgreSQL server as a source. The connection is <c>default/postgres/NAME</c>, made from a name rather than from a time,
/// so that the same server is found again without any state beside the catalog.
/// </summary>
internal sealed class PostgresSource : ISource
{
    /// <summary>The name by which clients know this kind of connection.</summary>
    public const string Connector = "postgres";

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly PostgresOptions _options;

    /// <summary>A source that reads a server.</summary>
    /// <param name="address">How the server is reached.</param>
    /// <param name="options">What of it is crawled.</param>
    /// <param name="name">The connection's name, or null for the server's.</param>
    /// <param name="connection">The connection's qualified name, or null for the one made from its name.</param>
    public PostgresSource(NpgsqlConnectionStringBuilder address, PostgresOptions options, string? name, string? connection)
    {
        _address = address;
        _options = options;
        var connectionName = name ?? connection?[(connection.LastIndexOf('/') + 1)..] ?? ServerName(address);
        var qualifiedName = connection ?? $"default/{Connector}/{QualifiedNames.Segment(connectionName)}";
        Connection = new("Connection", qualifiedName, new JsonObject
        {
            ["name"] = connectionName,
            ["qualifiedName"] = qualifiedName,
            ["connectorName"] = Connector,
            ["host"] = address.Host,
            ["port"] = address.Port,
        });
    }

    /// <inheritdoc/>
    public SourceAsset Connection { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceAsset> ReadAsync(ScanReport report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var database in await DatabasesAsync(cancellationToken))
        {
            await using var session = await OpenAsync(database, report, cancellationToken);
            if (session is not null)
            {
                var reading = new DatabaseReading(new(session, _options.Limits), new(Connection.QualifiedName, database), _options, report);
                await foreach (var asset in reading.ReadAsync(cancellationToken))
                {
                    yield return asset;
                }
            }
        }
    }

    private static string ServerName(NpgsqlConnectionStringBuilder address) =>
        address.Port == NpgsqlConnection.DefaultPort ? address.Host! : $"{address.Host}:{address.Port}";

    private async Task<ImmutableArray<string>> DatabasesAsync(CancellationToken cancellationToken)
    {
        if (!_options.AllDatabases)
        {
            return [_address.Database!];
        }

        await using var session = await PostgresSession.OpenAsync(_address, _options.Limits, cancellationToken);
        return await new PostgresCatalog(session, _options.Limits).DatabasesAsync(cancellationToken);
    }

    // Where all databases are wanted, one that lets nobody in does not keep the others out.
    private async Task<PostgresSession?> OpenAsync(string database, ScanReport report, CancellationToken cancellationToken)
    {
        try
        {
            var address = new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Database = database };
            return await PostgresSession.OpenAsync(address, _options.Limits, cancellationToken);
        }
        catch (SourceException failure) when (_options.AllDatabases)
        {
            report.Warn($"{failure.Message}; nothing of it was archived");
            return null;
        }
    }
}
