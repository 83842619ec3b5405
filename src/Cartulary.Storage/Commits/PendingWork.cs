namespace Cartulary.Storage.Commits;

/// <summary>Something that waits for its turn to write. Until the writer takes it up it can be cancelled, from then on not.</summary>
internal abstract class PendingWork
{
    private const int Waiting = 0;
    private const int TakenUp = 1;
    private const int Cancelled = 2;
    private int _state;

    /// <summary>About how many rows it writes.</summary>
    public abstract int Rows { get; }

    /// <summary>Whether it must have a transaction for itself.</summary>
    public abstract bool IsExclusive { get; }

    /// <summary>False when it has been cancelled.</summary>
    public bool TryTakeUp() => Interlocked.CompareExchange(ref _state, TakenUp, Waiting) == Waiting;

    /// <summary>Cancels it, unless it has been taken up.</summary>
    public void Cancel(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            OnCancelled(token);
        }
    }

    /// <summary>Writes it into the open transaction; may be called again when that transaction was undone.</summary>
    public abstract ValueTask ApplyAsync(IWriteTurn turn);

    /// <summary>What it wrote last is durable.</summary>
    public abstract void Complete();

    /// <summary>It failed for good; nothing of it is written.</summary>
    public abstract void Fail(Exception failure);

    protected abstract void OnCancelled(CancellationToken token);
}
