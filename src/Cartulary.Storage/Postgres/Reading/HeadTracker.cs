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
    /// Takes note of a head of the known log and of what the commits up to it touch; an older head is passed over. Where commits
    /// are missing, or were not read, they may have touched anything.
    /// </summary>
    /// <returns>False when another log has taken the place of that one: what was read with the head is not of the catalog.</returns>
    public bool See(HeadRow row, IReadOnlyList<CommitTouches> news)
    {
        lock (_moving)
        {
            if (row.LogId != _seen.LogId)
            {
                return false;
            }

            if (row.Counters.Commit < _seen.Number)
            {
                return true;
            }

            Tell(row.Counters.Commit, news);
            if (row.Counters.Trimmed >= Signal.Head.Trimmed.Value)
            {
                Move(row.Head, row.Last);
            }

            return true;
        }
    }

    /// <summary>Takes a head for the true one, whatever was known before. For the holder of the head only.</summary>
    /// <returns>The first number that nothing found before can be based on.</returns>
    public long Take(CatalogHead head, SeenCommit last)
    {
        lock (_moving)
        {
            // Numbers may be given again: what was known as of any of them, the last one included, is known no more.
            var fresh = Math.Max(_told, last.Number) + 1;
            Redefine(fresh);
            Volatile.Write(ref _told, last.Number);
            Move(head, last);
            return fresh;
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
