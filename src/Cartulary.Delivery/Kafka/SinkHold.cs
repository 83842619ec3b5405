using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Says how much of the log the sink still needs: what follows its place. While something is wrong with it, it counts for some time only; then what it has
/// not sent may be trimmed.
/// </summary>
/// <param name="store">Keeps the place.</param>
/// <param name="catalog">The log.</param>
/// <param name="start">Where the sink begins when it has no place yet.</param>
/// <param name="troubledFor">For how long it counts while something is wrong with it.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Logs.</param>
public sealed class SinkHold(
    ISinkStore store, ICatalogStore catalog, SinkStart start, TimeSpan troubledFor, TimeProvider clock, ILogger<SinkHold> logger)
{
    private bool _isTold;

    /// <summary>
    /// The last event that the sink does not need any more; null when it needs none. A power cut may put a place in a file back behind it, unless the
    /// caller forces what has been stored before he relies on it.
    /// </summary>
    public async ValueTask<long?> LastFreeAsync(CancellationToken cancellationToken)
    {
        var head = catalog.Head;
        if (await store.FindSinkAsync(KafkaSink.Name, cancellationToken) is not { } row)
        {
            return start.PlaceIn(head);
        }

        if (row.Position < head.Oldest - 1)
        {
            return null;
        }

        if (row.Trouble is not { } trouble || clock.GetUtcNow().ToUnixTimeMilliseconds() - trouble.Since <= troubledFor.TotalMilliseconds)
        {
            _isTold = false;
            return row.Position;
        }

        if (!_isTold)
        {
            _isTold = true;
            logger.HoldsNoMore(row.Position, troubledFor.TotalDays);
        }

        return null;
    }
}
