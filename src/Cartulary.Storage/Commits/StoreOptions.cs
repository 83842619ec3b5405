using System.ComponentModel.DataAnnotations;

namespace Cartulary.Storage.Commits;

/// <summary>How a store takes its readers and gathers its saves, whatever it keeps the catalog in.</summary>
public abstract class StoreOptions
{
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

    internal GroupLimits Groups => new(QueueCapacity, GroupMembersMax, GroupRowsMax, SmallSaveRows);
}
