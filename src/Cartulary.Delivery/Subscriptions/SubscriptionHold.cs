using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>
/// Says how much of the log subscriptions still need, those of all servers: what follows the slowest place, and what is parked or was given up.
/// A subscription that is paused or disabled counts for some time only; then its place may go, and it has expired when it has.
/// </summary>
/// <param name="store">Keeps the places.</param>
/// <param name="catalog">The log.</param>
/// <param name="policy">When a failing endpoint is disabled.</param>
/// <param name="stoppedFor">For how long one that is paused or disabled counts.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Logs.</param>
public sealed class SubscriptionHold(
    IDeliveryStore store, ICatalogStore catalog, DeliveryPolicy policy, TimeSpan stoppedFor, TimeProvider clock, ILogger<SubscriptionHold> logger)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>
    /// The last event that nobody needs any more; null when no subscription needs any. What is stored says so already, and says it after a
    /// power cut too, so that a place never goes back behind what was trimmed because of it.
    /// </summary>
    public async ValueTask<long?> LastFreeAsync(CancellationToken cancellationToken)
    {
        var head = catalog.Head;
        long? first = null;
        foreach (var place in await store.PlacesAsync(head.Oldest, cancellationToken))
        {
            foreach (var needed in Needed(place, head))
            {
                first = Math.Min(first ?? long.MaxValue, needed);
            }
        }

        return first - 1;
    }

    private IEnumerable<long> Needed(SubscriptionPlace place, CatalogHead head)
    {
        if (place.FirstDeadLetter is { } dead)
        {
            yield return dead;
        }

        if (!Counts(place))
        {
            if (_told.Add(place.Row.Id))
            {
                logger.HoldsNoMore(place.Row.Id, stoppedFor.TotalDays);
            }

            yield break;
        }

        _told.Remove(place.Row.Id);
        if (place.FirstParked is { } parked)
        {
            yield return parked;
        }

        // One that has expired needs what is gone, and must not keep the rest for ever.
        if (place.Current.PositionIn(head) is var position && position >= head.Oldest - 1)
        {
            yield return position + 1;
        }
    }

    private bool Counts(SubscriptionPlace place)
    {
        if (StoppedSince(place) is not { } since)
        {
            return true;
        }

        return clock.GetUtcNow().ToUnixTimeMilliseconds() - since <= stoppedFor.TotalMilliseconds;
    }

    /// <summary>When it was paused, or the latest time at which it can have been disabled; null while it runs.</summary>
    private long? StoppedSince(SubscriptionPlace place)
    {
        try
        {
            var wanted = SubscriptionDocument.Read(place.Row.Document);
            return wanted.Paused is not null ? wanted.PausedSince ?? wanted.Created
                : place.Current.Condition is { Disabled: not null, FailingSince: var failing } ? (failing ?? wanted.Created) + policy.DisableAfter
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
