using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>The durable head, and one shared signal for all who wait for it to move.</summary>
internal sealed class HeadSignal(CatalogHead head)
{
    private readonly Lock _moving = new();
    private volatile CatalogHead _head = head;
    private volatile TaskCompletionSource _moved = NewSignal();

    public CatalogHead Head => _head;

    /// <summary>Moves the head and wakes everybody who waits; a head of the same log that is not newer moves nothing.</summary>
    public void Advance(CatalogHead head)
    {
        TaskCompletionSource moved;
        lock (_moving)
        {
            var isNewer = head.Commit.Value > _head.Commit.Value || head.Trimmed.Value > _head.Trimmed.Value;
            if (head.LogId == _head.LogId && !isNewer)
            {
                return;
            }

            // In this order: who takes the new signal must already see the new head.
            _head = head;
            moved = _moved;
            _moved = NewSignal();
        }

        moved.TrySetResult();
    }

    /// <summary>The head will not move again: whoever waits is told so.</summary>
    public void Close() => _moved.TrySetException(new ObjectDisposedException("The catalog's store"));

    /// <summary>Completes when the head has passed the one that was seen, or another log has taken the place of that one.</summary>
    public async Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal is taken before the head is looked at, so that a move in between is not missed.
            var moved = _moved;
            var now = _head;
            if (now.Commit.Value > seen.Commit.Value || now.LogId != seen.LogId)
            {
                return;
            }

            await moved.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
