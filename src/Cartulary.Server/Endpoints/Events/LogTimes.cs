using Cartulary.Core.Ports;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>From times to places in the log. Times of commits never go back, so a search by halves finds them.</summary>
internal static class LogTimes
{
    /// <summary>The last event before a time, or the place before the oldest that is kept.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="time">Epoch milliseconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<long> PlaceBeforeAsync(ICatalogStore catalog, long time, CancellationToken cancellationToken)
    {
        await using var session = await catalog.ReadAsync(cancellationToken);
        var last = await session.CommitBeforeTimeAsync(time, cancellationToken);
        var (low, high) = (session.Head.Oldest, session.Head.Sequence + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var before = await session.CommitBeforeAsync(middle, cancellationToken);
            (low, high) = before.Value >= last.Value ? (low, middle) : (middle + 1, high);
        }

        return low - 1;
    }
}
