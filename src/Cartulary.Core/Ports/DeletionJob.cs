namespace Cartulary.Core.Ports;

/// <summary>The deletion of a connection and all that belongs to it, in as many commits as it takes.</summary>
/// <param name="Id">Names the job; never used again.</param>
/// <param name="Connection">The connection's qualified name.</param>
/// <param name="Purges">Whether assets are purged; otherwise they are archived.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="Started">When, epoch milliseconds.</param>
/// <param name="Total">How many assets were to be deleted then.</param>
public sealed record DeletionJob(Guid Id, string Connection, bool Purges, string Actor, long Started, long Total)
{
    /// <summary>How far it has come.</summary>
    public JobState State { get; init; } = JobState.Running;

    /// <summary>How many assets have been deleted; may be behind while it runs.</summary>
    public long Done { get; init; }

    /// <summary>When it ended, epoch milliseconds; null while it runs.</summary>
    public long? Ended { get; init; }

    /// <summary>Why it has failed; null when it has not.</summary>
    public string? Problem { get; init; }
}
