using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Microsoft.Extensions.Hosting;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>
/// Waits for a first match. A reader that waits holds no thread and no snapshot; all wake with the store's head, and all end
/// when the server stops.
/// </summary>
internal sealed class FeedWaiting(EventFeed feed, ICatalogStore store, IHostApplicationLifetime lifetime, TimeProvider clock, int waitersMax)
{
    private int _waiters;

    /// <summary>How many readers wait at the moment.</summary>
    public int Waiters => Volatile.Read(ref _waiters);

    /// <summary>
    /// Reads on from a page without a match until there is one or the time is up; then the page shows how far it came. Another
    /// log in the place of the page's ends the waiting too. Null when too many wait already.
    /// </summary>
    public async ValueTask<FeedPage?> ContinueAsync(FeedQuery query, FeedPage page, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiters) > waitersMax)
        {
            Interlocked.Decrement(ref _waiters);
            return null;
        }

        try
        {
            using var time = new CancellationTokenSource(wait, clock);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(time.Token, lifetime.ApplicationStopping, cancellationToken);
            var log = page.Head.LogId;
            while (page.Events.IsEmpty && !page.IsTrimmed && page.Head.LogId == log && await IsThereMoreAsync(page, end.Token))
            {
                page = await feed.ReadAsync(query with { After = page.Next }, cancellationToken);
            }

            return page;
        }
        finally
        {
            Interlocked.Decrement(ref _waiters);
        }
    }

    /// <summary>Waits for the next commit where a page reached the head; false when the waiting is over.</summary>
    private async ValueTask<bool> IsThereMoreAsync(FeedPage page, CancellationToken end)
    {
        if (page.Next >= page.Head.Sequence)
        {
            try
            {
                await store.WaitForCommitAfterAsync(page.Head, end);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return false;
            }
        }

        return !end.IsCancellationRequested;
    }
}
