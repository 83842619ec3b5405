using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Retention;

/// <summary>
/// Trims the log now and then, in small steps with pauses, so that saves get most of the writer's time, and never further than those who still
/// need it. Owns its task: disposing ends it after the step under way.
/// </summary>
internal sealed class Trimmer(ICatalogStore store, RetentionOptions options, LogHold hold, TimeProvider clock, ILogger<Trimmer> logger) : IAsyncDisposable
{
    // A pause lasts so many times as long as the step before it.
    private const int PauseShare = 4;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly LogRetention _retention = options.ForLog();
    private Task _running = Task.CompletedTask;

    /// <summary>Starts, if anything is ever to be trimmed.</summary>
    public void Start()
    {
        if (_retention.IsLimited)
        {
            _running = RunAsync(_stop.Token);
        }
    }

    /// <summary>Trims what need not be kept now.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        // Who needs what is asked first: what is needed later begins after it.
        var free = await hold(cancellationToken);
        CommitNumber last;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            last = await _retention.LastToTrimAsync(session, clock.GetUtcNow(), cancellationToken);
            if (free is { } sequence && await session.CommitBeforeAsync(sequence + 1, cancellationToken) is var held && held.Value < last.Value)
            {
                last = held;
            }
        }

        var before = store.Head.Oldest;
        var start = clock.GetTimestamp();
        while (await store.TrimAsync(last, options.StepRows, cancellationToken))
        {
            var pause = clock.GetElapsedTime(start) * PauseShare;
            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, clock, cancellationToken);
            start = clock.GetTimestamp();
        }

        if (store.Head.Oldest != before)
        {
            logger.Trimmed(store.Head.Oldest, store.Head.Sequence);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TrimAsync(cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, saves and reads go on, and the next look may succeed.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.TrimmingFailed(problem);
                await Task.Delay(TimeSpan.FromSeconds(options.IntervalSeconds), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
