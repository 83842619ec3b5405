using System.Globalization;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Search.Indexing;
using Microsoft.Extensions.Logging;

namespace Cartulary.Search.Following;

/// <summary>
/// Keeps the index up to the log as long as it runs, and builds it where there is none that can be continued. Owns its task:
/// disposing ends it and makes the index durable.
/// </summary>
internal sealed class Follower(
    ICatalogStore store, TypeRegistrySource types, SearchOptions options, IndexProgress progress, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isDamaged;

    /// <summary>Begins.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <summary>A search has met damage: the index is built anew.</summary>
    public void ReportDamage(Exception damage)
    {
        if (!_isDamaged)
        {
            logger.IndexDamaged(damage);
            _isDamaged = true;
            progress.Withdraw("The search index is damaged and will be built again.");
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
                using var folder = IndexFolder.Open(options.Path, options.BufferMegabytes);
                await FollowAsync(folder, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, saves and reads go on, and the next try may succeed.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                progress.Withdraw("The search index cannot be used; the server's log tells more.");
                logger.FollowingFailed(failure);
                if (IndexFault.IsDamage(failure))
                {
                    Empty();
                }

                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(IndexFolder folder, CancellationToken cancellationToken)
    {
        using var indexer = new Indexer(store, types, folder);
        if (_isDamaged || !await indexer.ContinueAsync(cancellationToken))
        {
            await BuildAsync(indexer, cancellationToken);
        }

        _isDamaged = false;
        logger.FollowingBegun(indexer.State!.Sequence, folder.Documents);
        try
        {
            await FollowAsync(indexer, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && indexer.State is not null)
        {
            indexer.Commit();
            throw;
        }
        finally
        {
            // Before the folder is closed under those who search.
            progress.Withdraw("The search index is being opened.");
        }
    }

    private async Task FollowAsync(Indexer indexer, CancellationToken cancellationToken)
    {
        var (published, committed) = ((Shown?)null, (Sequence: indexer.State!.Sequence, At: clock.GetTimestamp()));
        while (!_isDamaged)
        {
            var seen = store.Head;
            var outcome = await indexer.StepAsync(cancellationToken);
            if (outcome == StepOutcome.Lost)
            {
                progress.Withdraw("The search index is being built.");
                await BuildAsync(indexer, cancellationToken);
                published = null;
                continue;
            }

            if (outcome == StepOutcome.AtHead)
            {
                published = await PublishAsync(indexer, published, cancellationToken);
            }

            if (indexer.State!.Sequence != committed.Sequence && clock.GetElapsedTime(committed.At) >= TimeSpan.FromSeconds(options.CommitSeconds))
            {
                indexer.Commit();
                committed = (indexer.State.Sequence, clock.GetTimestamp());
            }

            if (outcome == StepOutcome.AtHead && IsShown(published, indexer.State))
            {
                await WaitAsync(seen, indexer.State.Sequence != committed.Sequence, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Shows the state, which costs a little each time: at once when somebody waits for it, and otherwise not more often than the
    /// settings say.
    /// </summary>
    private async ValueTask<Shown?> PublishAsync(Indexer indexer, Shown? published, CancellationToken cancellationToken)
    {
        var state = indexer.State!;
        if (IsShown(published, state))
        {
            return published;
        }

        var left = published is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(options.RefreshMilliseconds) - clock.GetElapsedTime(published.At);
        if (left > TimeSpan.Zero && !progress.IsAwaited)
        {
            await progress.WaitForArrivalAsync(left, cancellationToken);
            return published;
        }

        var view = indexer.View();
        progress.Publish(view);
        return new Shown(state.Sequence, state.Registry.Version, clock.GetTimestamp());
    }

    private static bool IsShown(Shown? published, IndexerState state) =>
        published is not null && published.Sequence == state.Sequence && published.RegistryVersion == state.Registry.Version;

    /// <summary>Waits for the next commit, but not longer than until the index has to be made durable.</summary>
    private async ValueTask WaitAsync(CatalogHead seen, bool isUncommitted, CancellationToken cancellationToken)
    {
        var next = store.WaitForCommitAfterAsync(seen, cancellationToken);
        var longest = isUncommitted ? TimeSpan.FromSeconds(options.CommitSeconds) : Timeout.InfiniteTimeSpan;
        try
        {
            await next.WaitAsync(longest, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time to make it durable.
        }
    }

    private async Task BuildAsync(Indexer indexer, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        logger.BuildBegun();
        SearchMetrics.Built();
        var count = 0L;
        while (!await indexer.BuildAsync(Report, cancellationToken))
        {
        }

        indexer.Commit();
        logger.BuildDone(count, clock.GetElapsedTime(start).TotalSeconds);

        void Report(long documents)
        {
            count = documents;
            progress.Withdraw(string.Create(CultureInfo.InvariantCulture, $"The search index is being built; it holds {documents} assets."));
        }
    }

    private void Empty()
    {
        try
        {
            Directory.Delete(options.Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            logger.FollowingFailed(failure);
        }
    }

    private sealed record Shown(long Sequence, long RegistryVersion, long At);
}
