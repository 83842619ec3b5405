using Npgsql;

namespace Cartulary.Storage.Postgres.Connections;

/// <summary>
/// Where connections come from: one source for readers, one for the writer, which differ in how long the database lets a
/// silent transaction live. Every time limit is set by us, so that none depends on how the database was set up.
/// </summary>
internal sealed class ConnectionSources : IAsyncDisposable
{
    // All statements look rows up by an index, for arrays of keys. The planner sees tables that were empty when a statement
    // was prepared, and would read them whole ever after; compiling queries costs more than running them.
    private const string Planning =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c plan_cache_mode=force_generic_plan";

    // What is acknowledged is forced to disk. How many standbys must have it too is the database's affair.
    private const string Durable = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    // A peer that is gone is noticed within 10 seconds, on either side.
    private const string Keepalives = "-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000";

    // Groups of saves and pages of assets are tens or hundreds of kilobytes; each filled buffer is a call of the system, and
    // may be a change of threads.
    private const int BufferBytes = 64 * 1024;

    private ConnectionSources(PostgresStoreOptions options)
    {
        Readers = NpgsqlDataSource.Create(Settings(options, options.IdleReaderSeconds, options.ReaderConnectionsMax + 8));
        var writers = new NpgsqlDataSourceBuilder(Settings(options, options.IdleWriterSeconds, 4).ConnectionString);
        writers.UsePhysicalConnectionInitializer(MakeDurable, MakeDurableAsync);
        Writer = writers.Build();
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        Place = $"{settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
    }

    /// <summary>The sources that options name; no connection is made yet.</summary>
    /// <exception cref="ConnectionStringException">The connection string cannot be read.</exception>
    public static ConnectionSources Of(PostgresStoreOptions options)
    {
        try
        {
            return new ConnectionSources(options);
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new ConnectionStringException();
        }
    }

    /// <summary>For snapshots and for whatever does not hold the head.</summary>
    public NpgsqlDataSource Readers { get; }

    /// <summary>For transactions that hold the head.</summary>
    public NpgsqlDataSource Writer { get; }

    /// <summary>Names the database to people, without secrets.</summary>
    public string Place { get; }

    public async ValueTask DisposeAsync()
    {
        await Readers.DisposeAsync();
        await Writer.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Settings(PostgresStoreOptions options, int idleSeconds, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = "cartulary",
            Multiplexing = false,
            Enlist = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 128,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = connections,
            ReadBufferSize = BufferBytes,
            WriteBufferSize = BufferBytes,
            Timeout = options.ConnectSeconds,
            CommandTimeout = options.StatementSeconds + 5,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 4,
            TcpKeepAliveInterval = 2,
        };
        settings.Options = string.Join(
            ' ',
            settings.Options,
            Planning,
            Keepalives,
            $"-c statement_timeout={options.StatementSeconds}s -c lock_timeout={options.LockSeconds}s",
            $"-c idle_in_transaction_session_timeout={idleSeconds}s",
            "-c client_min_messages=warning").Trim();
        return settings;
    }

    private static void MakeDurable(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Durable, connection);
        command.ExecuteNonQuery();
    }

    private static async Task MakeDurableAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Durable, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
