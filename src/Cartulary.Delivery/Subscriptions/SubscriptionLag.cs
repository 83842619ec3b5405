using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>Tells how long subscriptions have been behind, on any server: it looks in the log for the first event that one wants and has not settled.</summary>
/// <param name="feed">Reads the log.</param>
/// <param name="catalog">The catalog whose log it is.</param>
/// <param name="clock">The clock.</param>
internal sealed class SubscriptionLag(EventFeed feed, ICatalogStore catalog, TimeProvider clock)
{
    /// <summary>The age of that event in seconds, zero when there is none; null when it has been trimmed, or was not found in time.</summary>
    /// <param name="state">How far the subscription has come.</param>
    /// <param name="wanted">What it wants.</param>
    /// <param name="patience">Ends the search.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<double?> SecondsAsync(DeliveryState state, Subscription wanted, CancellationToken patience, CancellationToken cancellationToken)
    {
        var head = catalog.Head;
        var after = state.PositionIn(head);
        if (after < head.Oldest - 1)
        {
            return null;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellationToken);
        try
        {
            while (after < head.Sequence)
            {
                either.Token.ThrowIfCancellationRequested();
                var page = await feed.ReadAsync(wanted.Query(after, 1), either.Token);
                if (page.Events is [var first, ..])
                {
                    return Math.Max(0, clock.GetUtcNow().ToUnixTimeMilliseconds() - first.Label.Time) / 1_000.0;
                }

                if (page.Next == after)
                {
                    return null;
                }

                after = page.Next;
            }

            return 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
