using System.Collections.Immutable;

namespace Cartulary.Storage.Commits;

/// <summary>
/// Remembers what recent commits wrote, as marks, to tell whether a plan still holds. Writes of a group of saves count at
/// once for the group's later members, and are kept or forgotten with the group. For one thread at a time.
/// </summary>
internal sealed class RecentWrites
{
    private readonly Dictionary<ulong, long> _lastCommits = [];
    private readonly HashSet<ulong> _groupMarks = [];
    private readonly List<(ulong Mark, long Commit)> _group = [];
    private readonly (ulong Mark, long Commit)[] _ring;
    private long _reachesBackTo;
    private int _oldest;
    private int _count;

    /// <summary>Remembers up to so many writes, beginning after a commit.</summary>
    public RecentWrites(int capacity, long commit)
    {
        _ring = new (ulong, long)[capacity];
        _reachesBackTo = commit;
    }

    /// <summary>Whether nothing that a plan relies on was written after the commit it is based on; false when that is no longer known.</summary>
    public bool NoneSince(ImmutableArray<ulong> reads, long basedOn)
    {
        if (basedOn < _reachesBackTo)
        {
            return false;
        }

        foreach (var mark in reads)
        {
            if ((_lastCommits.TryGetValue(mark, out var commit) && commit > basedOn) || _groupMarks.Contains(mark))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes what a member of the present group writes.</summary>
    public void AddToGroup(ImmutableArray<ulong> writes, long commit)
    {
        foreach (var mark in writes)
        {
            _groupMarks.Add(mark);
            _group.Add((mark, commit));
        }
    }

    /// <summary>The present group is durable.</summary>
    public void KeepGroup()
    {
        foreach (var write in _group)
        {
            if (_count == _ring.Length)
            {
                DropOldest();
            }

            _ring[(_oldest + _count) % _ring.Length] = write;
            _count++;
            _lastCommits[write.Mark] = write.Commit;
        }

        ForgetGroup();
    }

    /// <summary>The present group was undone.</summary>
    public void ForgetGroup()
    {
        _groupMarks.Clear();
        _group.Clear();
    }

    /// <summary>Forgets all and begins after a commit: what happened until then is not known, and never will be.</summary>
    public void Restart(long commit)
    {
        ForgetGroup();
        _lastCommits.Clear();
        (_oldest, _count) = (0, 0);
        ForgetUntil(commit);
    }

    /// <summary>A log that has lost its end gives numbers again, so a plan may be based on one that is yet to come.</summary>
    private void ForgetUntil(long commit) => _reachesBackTo = Math.Max(_reachesBackTo, commit);

    private void DropOldest()
    {
        var (mark, commit) = _ring[_oldest];
        _oldest = (_oldest + 1) % _ring.Length;
        _count--;
        ForgetUntil(commit);
        if (_lastCommits.TryGetValue(mark, out var last) && last == commit)
        {
            _lastCommits.Remove(mark);
        }
    }
}
