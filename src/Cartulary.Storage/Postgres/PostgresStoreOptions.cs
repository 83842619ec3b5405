using System.ComponentModel.DataAnnotations;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres;

/// <summary>How a catalog is kept in a PostgreSQL database.</summary>
public sealed class PostgresStoreOptions : StoreOptions
{
    /// <summary>The connection string of the database, as Npgsql reads it; tables are made in the first schema of its search path.</summary>
    [Required]
    public required string ConnectionString { get; init; }

    /// <summary>Seconds in which a connection must be made. The default is 5.</summary>
    [Range(1, 300)]
    public int ConnectSeconds { get; init; } = 5;

    /// <summary>Seconds that one statement may take. The default is 30.</summary>
    [Range(1, 3_600)]
    public int StatementSeconds { get; init; } = 30;

    /// <summary>Seconds that a save waits for another server's commit before it is tried again. The default is 10.</summary>
    [Range(1, 300)]
    public int LockSeconds { get; init; } = 10;

    /// <summary>
    /// Seconds after which the database cuts off a server that holds the head and does nothing, so that a frozen server does
    /// not stop the others. The default is 5.
    /// </summary>
    [Range(1, 300)]
    public int IdleWriterSeconds { get; init; } = 5;

    /// <summary>Seconds after which the database cuts off a reader that holds a snapshot and does nothing. The default is 60.</summary>
    [Range(1, 3_600)]
    public int IdleReaderSeconds { get; init; } = 60;

    /// <summary>Milliseconds between two looks at the head while somebody waits for commits of other servers. The default is 10.</summary>
    [Range(1, 10_000)]
    public int PollMilliseconds { get; init; } = 10;
}
