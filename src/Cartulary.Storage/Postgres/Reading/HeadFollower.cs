using Cartulary.Core.Ports;
using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>
/// Looks at the head again and again while somebody waits for it to move, so that commits of other servers are seen. Without
/// anybody waiting it is still. Commits of this server wake at once and need no look.
/// </summary>
internal sealed class HeadFollower : IAsyncDisposable
{
    private const int AwayMilliseconds = 500;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _someone = new(0);
    private readonly HeadLooker _looker;
    private readonly HeadTracker _tracker;
    private readonly ILogger _logger;
    private readonly int _milliseconds;
    private readonly Task _running;
    private int _waiters;

    /// <summary>Starts; it lives until it is disposed.</summary>
    /// <param name="looker">Looks.</param>
    /// <param name="tracker">Knows what has been seen.</param>
    /// <param name="milliseconds">The time between two looks.</param>
    /// <param name="logger">Is told when looking fails.</param>
    public HeadFollower(HeadLooker looker, HeadTracker tracker, int milliseconds, ILogger logger)
    {
        _looker = looker;
        _tracker = tracker;
        _milliseconds = milliseconds;
        _logger = logger;
        _running = RunAsync();
    }

    /// <summary>Completes when the head has passed the one that was seen, whoever moved it, or another log has taken the place of that one.</summary>
    public async Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken)
    {
        var moved = _tracker.Signal.WaitForCommitAfterAsync(seen, cancellationToken);
        if (moved.IsCompleted)
        {
            await moved;
            return;
        }

        if (Interlocked.Increment(ref _waiters) == 1)
        {
            _someone.Release();
        }

        try
        {
            await moved;
        }
        finally
        {
            Interlocked.Decrement(ref _waiters);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _someone.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _someone.WaitAsync(_stopping.Token);
                while (Volatile.Read(ref _waiters) > 0)
                {
                    await Task.Delay(await LookAsync() ? _milliseconds : AwayMilliseconds, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The store is being closed.
        }
    }

    /// <summary>Looks once; false when the database could not be asked.</summary>
    private async Task<bool> LookAsync()
    {
        try
        {
            await _looker.LookAsync(_stopping.Token);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.HeadNotSeen(_logger, failure);
            return false;
        }
    }
}
