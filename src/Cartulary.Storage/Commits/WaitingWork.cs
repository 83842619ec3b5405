namespace Cartulary.Storage.Commits;

/// <summary>
/// What waits for the writer, and in which order it goes: small saves before large ones, but a large one is passed over
/// only so many times.
/// </summary>
internal sealed class WaitingWork(GroupLimits limits)
{
    private const int PassedOverMax = 8;
    private readonly Queue<PendingWork> _exclusive = new();
    private readonly Queue<PendingWork> _small = new();
    private readonly Queue<PendingWork> _large = new();
    private int _passedOver;
    private int _rows;

    public bool IsEmpty => _exclusive.Count + _small.Count + _large.Count == 0;

    public bool IsFull => _exclusive.Count + _small.Count + _large.Count >= limits.QueueCapacity;

    public void Add(PendingWork work)
    {
        var queue = work.IsExclusive ? _exclusive : work.Rows <= limits.SmallSaveRows ? _small : _large;
        queue.Enqueue(work);
    }

    /// <summary>Takes up what shares the next transaction; nothing when all that waited was cancelled.</summary>
    public void TakeGroup(List<PendingWork> group)
    {
        group.Clear();
        _rows = 0;
        if (Take(_exclusive, group, 1))
        {
            return;
        }

        if (_passedOver >= PassedOverMax)
        {
            Take(_large, group, 1);
        }

        Take(_small, group, limits.MembersMax);
        var hasLarge = _large.Count > 0;
        var tookLarge = Take(_large, group, limits.MembersMax);
        _passedOver = hasLarge && !tookLarge ? _passedOver + 1 : 0;
    }

    /// <summary>Fills the group from a queue, up to so many members and the limit of rows; the first member always fits.</summary>
    private bool Take(Queue<PendingWork> queue, List<PendingWork> group, int membersMax)
    {
        var took = false;
        while (group.Count < membersMax && queue.TryPeek(out var next) && (group.Count == 0 || _rows + next.Rows <= limits.RowsMax))
        {
            queue.Dequeue();
            StoreMetrics.WriterQueue.Add(-1);
            if (next.TryTakeUp())
            {
                took = true;
                group.Add(next);
                _rows += next.Rows;
            }
        }

        return took;
    }
}
