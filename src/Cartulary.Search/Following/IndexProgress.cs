using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;

namespace Cartulary.Search.Following;

/// <summary>How far the index has come, for those who wait for it. Safe for all threads.</summary>
/// <param name="clock">The clock.</param>
internal sealed class IndexProgress(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private readonly Lock _turn = new();
    private readonly SemaphoreSlim _arrivals = new(0, 1);
    private TaskCompletionSource _next = New();
    private IndexView? _view;
    private string _state = "The search index is being opened.";
    private int _waiters;
    private bool _isClosed;

    /// <summary>The state that is searched; null while there is none.</summary>
    public IndexView? View => Volatile.Read(ref _view);

    /// <summary>Whether somebody waits for a newer state.</summary>
    public bool IsAwaited => Volatile.Read(ref _waiters) > 0;

    /// <summary>Completes when somebody has begun to wait, or after a time.</summary>
    public async Task WaitForArrivalAsync(TimeSpan longest, CancellationToken cancellationToken) => await _arrivals.WaitAsync(longest, cancellationToken);

    /// <summary>Shows a newer state; the one before is given back.</summary>
    public void Publish(IndexView view) => Exchange(view, "");

    /// <summary>Shows none for now, and says why.</summary>
    public void Withdraw(string reason) => Exchange(null, reason);

    /// <summary>
    /// A state of the wanted log that is not older than the wanted sequence and version of the types, taken for use.
    /// </summary>
    /// <param name="wanted">Tells what is wanted; asked again for each new state.</param>
    /// <param name="longest">How long may be waited.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SearchUnavailableException">There is none within the time that may be waited.</exception>
    public async ValueTask<IndexView> TakeAsync(Func<CatalogHead> wanted, TimeSpan longest, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            Task next;
            lock (_turn)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (_view is { } view && view.Reaches(wanted()) && view.TryTake())
                {
                    return view;
                }

                next = _next.Task;
            }

            var left = longest - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await WaitAsync(next, left, cancellationToken))
            {
                throw new SearchUnavailableException(Why(wanted().Sequence), Soon);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
        {
            _isClosed = true;
        }

        Exchange(null, "The server is stopping.");
        _arrivals.Dispose();
    }

    private async ValueTask<bool> WaitAsync(Task next, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiters) == 1)
        {
            TellArrival();
        }

        try
        {
            await next.WaitAsync(longest, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiters);
        }
    }

    private void TellArrival()
    {
        lock (_turn)
        {
            if (!_isClosed && _arrivals.CurrentCount == 0)
            {
                _arrivals.Release();
            }
        }
    }

    private string Why(long sequence)
    {
        lock (_turn)
        {
            return _view is { } view ? $"The search index has followed {view.Sequence} events and not yet {sequence}." : _state;
        }
    }

    private void Exchange(IndexView? view, string state)
    {
        TaskCompletionSource reached;
        IndexView? before;
        lock (_turn)
        {
            (before, _view, _state) = (_view, view, state);
            (reached, _next) = (_next, New());
        }

        reached.TrySetResult();
        before?.GiveBack();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
