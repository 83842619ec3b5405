using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>The last numbers given: those of the log, and those of rows. A copy is all it takes to go back.</summary>
internal struct Counters
{
    public required long Commit { get; set; }

    public required long Sequence { get; set; }

    public required long Time { get; set; }

    public required long RegistryVersion { get; set; }

    public required long Oldest { get; set; }

    public required long Trimmed { get; set; }

    public required long Asset { get; set; }

    public required long Revision { get; set; }

    public required long Edge { get; set; }

    public readonly CatalogHead ToHead(Guid logId) =>
        new(logId, new CommitNumber(Commit), Sequence, Oldest, RegistryVersion, Time) { Trimmed = new CommitNumber(Trimmed) };

    /// <summary>Begins a commit: the next number, and a time that is not before the last one.</summary>
    public void BeginCommit(TimeProvider clock)
    {
        Commit++;
        Time = Math.Max(Time, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
