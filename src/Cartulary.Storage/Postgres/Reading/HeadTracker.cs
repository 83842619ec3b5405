using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>What this process knows of the head: moved by its own commits, and by whatever it sees of those of others.</summary>
internal sealed class HeadTracker(HeadRow row)
{
    private readonly Lock _moving = new();
    private volatile SeenCommit _seen = row.Last;

    /// <summary>Wakes those who wait.</summary>
    public HeadSignal Signal { get; } = new(row.Head);

    /// <summary>The newest commit seen.</summary>
    public SeenCommit Seen => _seen;

    /// <summary>Takes note of a head of the known log; an older one, or one of another log, is passed over.</summary>
    public void See(HeadRow row)
    {
        lock (_moving)
        {
            var known = Signal.Head;
            if (row.LogId == _seen.LogId && row.Counters.Commit >= _seen.Number && row.Counters.Trimmed >= known.Trimmed.Value)
            {
                Take(row.Head, row.Last);
            }
        }
    }

    /// <summary>Takes a head for the true one, whatever was known before. For the holder of the head only.</summary>
    public void Take(CatalogHead head, SeenCommit last)
    {
        lock (_moving)
        {
            _seen = last;
            Signal.Advance(head);
        }
    }
}
