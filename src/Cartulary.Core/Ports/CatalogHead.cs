namespace Cartulary.Core.Ports;

/// <summary>How far a catalog has come.</summary>
/// <param name="LogId">Names the log; a restore from a backup makes a new one, so that a sequence never means two things.</param>
/// <param name="Commit">The last commit.</param>
/// <param name="Sequence">The last event's sequence; zero before the first event.</param>
/// <param name="Oldest">The first sequence that is still kept; one more than <paramref name="Sequence"/> when none is.</param>
/// <param name="RegistryVersion">The version of the types.</param>
/// <param name="Time">The last commit's time, epoch milliseconds; never goes back.</param>
public sealed record CatalogHead(Guid LogId, CommitNumber Commit, long Sequence, long Oldest, long RegistryVersion, long Time)
{
    /// <summary>
    /// The last commit that was trimmed, with all before it; zero when none was. The past can be read from the end of this
    /// commit on, and its events are gone.
    /// </summary>
    public CommitNumber Trimmed { get; init; }
}
