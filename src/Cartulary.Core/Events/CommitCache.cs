namespace Cartulary.Core.Events;

/// <summary>
/// Remembers commits of the log in decoded form, those used last, up to a number of bytes. What is at the head of the log is
/// decoded and rendered once for all who read there, and a large commit once for a reader who takes it page by page.
/// </summary>
internal sealed class CommitCache(long bytesMax)
{
    private readonly Lock _turn = new();

    // By sequence.
    private readonly List<CachedCommit> _commits = [];
    private long _bytes;
    private long _uses;
    private long _types;

    /// <summary>The commit that holds an event, or null.</summary>
    public CachedCommit? Find(long sequence)
    {
        lock (_turn)
        {
            var place = PlaceOf(sequence);
            if (place < 0 || _commits[place].Last < sequence)
            {
                return null;
            }

            _commits[place].LastUse = ++_uses;
            return _commits[place];
        }
    }

    /// <summary>
    /// Keeps a commit, unless it is there already; gives the one that is kept. Of commits that were decoded with different types
    /// those with the newest are kept.
    /// </summary>
    public CachedCommit Add(CachedCommit commit)
    {
        lock (_turn)
        {
            if (commit.Registry.Version < _types)
            {
                return commit;
            }

            if (commit.Registry.Version > _types)
            {
                // A registry, with all that is made of it, is larger than most commits, and only the newest is kept.
                _types = commit.Registry.Version;
                _commits.Clear();
                _bytes = 0;
            }

            var place = PlaceOf(commit.First);
            if (place >= 0 && _commits[place].First == commit.First)
            {
                return _commits[place];
            }

            commit.LastUse = ++_uses;
            _commits.Insert(place + 1, commit);
            _bytes += commit.Bytes;
            DropOldest();
            return commit;
        }
    }

    /// <summary>Notes that a commit has grown.</summary>
    public void Grow(CachedCommit commit, long bytes)
    {
        lock (_turn)
        {
            commit.Bytes += bytes;
            var place = PlaceOf(commit.First);
            if (place >= 0 && ReferenceEquals(_commits[place], commit))
            {
                _bytes += bytes;
                DropOldest();
            }
        }
    }

    /// <summary>The last commit that begins at or before an event; -1 when there is none.</summary>
    private int PlaceOf(long sequence)
    {
        var (low, high) = (0, _commits.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _commits[middle].First <= sequence ? (middle + 1, high) : (low, middle - 1);
        }

        return high;
    }

    /// <summary>Makes room, an eighth more than is needed, so that it is not done for every commit.</summary>
    private void DropOldest()
    {
        if (_bytes <= bytesMax)
        {
            return;
        }

        var dropped = new HashSet<CachedCommit>();
        foreach (var commit in _commits.OrderBy(commit => commit.LastUse).SkipLast(1))
        {
            if (_bytes <= bytesMax - (bytesMax / 8))
            {
                break;
            }

            _bytes -= commit.Bytes;
            dropped.Add(commit);
        }

        _commits.RemoveAll(dropped.Contains);
    }
}
