using System.ComponentModel.DataAnnotations;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres;

/// <summary>How a catalog is kept in a PostgreSQL database.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>The connection string of the database, as Npgsql reads it; tables are made in the first schema of its search path.</summary>
    [Required]
    public required string ConnectionString { get; init; }

    /// <summary>How many snapshots may be open at a time; further readers wait. The default is 16.</summary>
    [Range(1, 1_024)]
    public int ReaderConnectionsMax { get; init; } = 16;

    /// <summary>How many saves may wait for their turn; further ones wait to be let in. The default is 1,024.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; init; } = 1_024;

    /// <summary>How many saves may share one durable transaction. The default is 256.</summary>
    [Range(1, 100_000)]
    public int GroupMembersMax { get; init; } = 256;

    /// <summary>
    /// How many rows the saves that share a transaction may write together; a single larger save has one for itself. More
    /// rows cost each member of the group its latency. The default is 4,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int GroupRowsMax { get; init; } = 4_000;

    /// <summary>Saves of up to so many rows go before larger ones. The default is 64.</summary>
    [Range(1, 10_000_000)]
    public int SmallSaveRows { get; init; } = 64;

    /// <summary>
    /// How many recent writes are remembered to tell whether a plan still holds. A plan that is older than all of them is
    /// made again, which costs time and nothing else. The default is 200,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public int RememberedWrites { get; init; } = 200_000;

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

    internal GroupLimits Groups => new(QueueCapacity, GroupMembersMax, GroupRowsMax, SmallSaveRows);
}
