using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>
/// What this process knows of the head: moved by its own commits, and by whatever it sees of those of others. Observers are
/// told of commits before it moves past them.
/// </summary>
internal sealed class HeadTracker(HeadRow row)
{
    private readonly Lock _moving = new();
    private readonly List<ICommitObserver> _observers = [];
    private volatile SeenCommit _seen = row.Last;
    private long _told = row.Counters.Commit;

    /// <summary>Wakes those who wait.</summary>
    public HeadSignal Signal { get; } = new(row.Head);

    /// <summary>The newest commit seen.</summary>
    public SeenCommit Seen => _seen;

    /// <summary>The newest commit that observers have been told of; all before it too.</summary>
    public long Told => Volatile.Read(ref _told);

    /// <summary>Tells an observer of every commit from now on.</summary>
    public void Observe(ICommitObserver observer)
    {
        lock (_moving)
        {
            _observers.Add(observer);
        }
    }

    /// <summary>
    /// Takes note of a head of the known log and of what the commits up to it touch; an older head, or one of another log, is
    /// passed over. Where commits are missing, or were not read, they may have touched anything.
    /// </summary>
    public void See(HeadRow row, IReadOnlyList<CommitTouches> news)
    {
        lock (_moving)
        {
            if (row.LogId != _seen.LogId || row.Counters.Commit < _seen.Number)
            {
                return;
            }

            Tell(row.Counters.Commit, news);
            if (row.Counters.Trimmed >= Signal.Head.Trimmed.Value)
            {
                Move(row.Head, row.Last);
            }
        }
    }

    /// <summary>Takes a head for the true one, whatever was known before. For the holder of the head only.</summary>
    public void Take(CatalogHead head, SeenCommit last)
    {
        lock (_moving)
        {
            // Numbers may be given again: what was known as of any of them, the last one included, is known no more.
            Redefine(Math.Max(_told, last.Number) + 1);
            Volatile.Write(ref _told, last.Number);
            Move(head, last);
        }
    }

    private void Tell(long commit, IReadOnlyList<CommitTouches> news)
    {
        foreach (var (number, touches) in news)
        {
            if (number <= _told || number > commit)
            {
                continue;
            }

            if (touches is { } marks && number == _told + 1)
            {
                _observers.ForEach(observer => observer.Saved(new CommitNumber(number), marks));
            }
            else
            {
                Redefine(number);
            }

            Volatile.Write(ref _told, number);
        }

        if (_told < commit)
        {
            Redefine(commit);
            Volatile.Write(ref _told, commit);
        }
    }

    private void Redefine(long commit) => _observers.ForEach(observer => observer.Redefined(new CommitNumber(commit)));

    private void Move(CatalogHead head, SeenCommit last)
    {
        _seen = last;
        Signal.Advance(head);
    }
}
