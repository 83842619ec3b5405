using System.ComponentModel.DataAnnotations;
using Cartulary.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Where the catalog is kept; section <c>Storage</c> of the configuration.</summary>
internal sealed class StorageOptions
{
    /// <summary>The database of a catalog that is in a file of the data folder.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The database of a catalog that any number of servers share.</summary>
    public const string Postgres = "postgres";

    /// <summary>
    /// What keeps the catalog: sqlite, a file in the data folder for one server, or postgres, the database that
    /// ConnectionStrings:Cartulary names, for any number of servers. The default is sqlite.
    /// </summary>
    [RegularExpression("sqlite|postgres")]
    public string Provider { get; set; } = Sqlite;

    /// <summary>Most snapshots that are open at a time on PostgreSQL; further readers wait. The default is 16.</summary>
    [Range(1, 1_024)]
    public int ReaderConnections { get; set; } = 16;

    /// <summary>Seconds in which a connection to PostgreSQL must be made. The default is 5.</summary>
    [Range(1, 300)]
    public int ConnectSeconds { get; set; } = 5;

    /// <summary>Seconds that one statement on PostgreSQL may take. The default is 30.</summary>
    [Range(1, 3_600)]
    public int StatementSeconds { get; set; } = 30;

    /// <summary>Seconds that a save waits for another server's commit before it is tried again. The default is 10.</summary>
    [Range(1, 300)]
    public int LockSeconds { get; set; } = 10;

    /// <summary>Seconds after which PostgreSQL cuts off a server that keeps the others from committing and does nothing. The default is 5.</summary>
    [Range(1, 300)]
    public int IdleWriterSeconds { get; set; } = 5;

    /// <summary>Seconds after which PostgreSQL cuts off a reader that holds a snapshot and does nothing. The default is 60.</summary>
    [Range(1, 3_600)]
    public int IdleReaderSeconds { get; set; } = 60;

    /// <summary>Milliseconds between two looks at PostgreSQL while somebody waits for events of other servers. The default is 10.</summary>
    [Range(1, 10_000)]
    public int PollMilliseconds { get; set; } = 10;

    /// <summary>The options of the PostgreSQL store.</summary>
    public PostgresStoreOptions ForPostgres(string connectionString) => new()
    {
        ConnectionString = connectionString,
        ReaderConnectionsMax = ReaderConnections,
        ConnectSeconds = ConnectSeconds,
        StatementSeconds = StatementSeconds,
        LockSeconds = LockSeconds,
        IdleWriterSeconds = IdleWriterSeconds,
        IdleReaderSeconds = IdleReaderSeconds,
        PollMilliseconds = PollMilliseconds,
    };
}

/// <summary>Checks <see cref="StorageOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
