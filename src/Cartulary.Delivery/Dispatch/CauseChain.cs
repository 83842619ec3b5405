using System.Globalization;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// How many events lead to one, each saved in answer to the one before: a receiver that saves says so with <c>X-Cartulary-Cause</c>, the sequence
/// of the event that it answers. A cause lies before its event, so that every chain ends.
/// </summary>
/// <param name="feed">Reads the events.</param>
/// <param name="catalog">The log.</param>
/// <param name="most">Longer chains need not be followed to their beginning.</param>
internal sealed class CauseChain(EventFeed feed, ICatalogStore catalog, int most)
{
    /// <summary>The header by which a save names its cause.</summary>
    public const string Header = "x-cartulary-cause";

    /// <summary>How many events lead to this one, at most as many as matter; what is not in the log any more is not counted.</summary>
    public async ValueTask<int> DepthAsync(FeedEvent told, CancellationToken cancellationToken)
    {
        var depth = 0;
        for (FeedEvent? at = told; depth < most && at is not null && CauseOf(at) is { } cause; depth++)
        {
            at = await ReadAsync(cause, cancellationToken);
        }

        return depth;
    }

    private static long? CauseOf(FeedEvent told)
    {
        var value = told.Label.Headers.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var cause) && cause > 0 && cause < told.Sequence ? cause : null;
    }

    private async ValueTask<FeedEvent?> ReadAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence < catalog.Head.Oldest)
        {
            return null;
        }

        var page = await feed.ReadAsync(new FeedQuery(sequence - 1, 1), cancellationToken);
        return page.Events is [{ } found] && found.Sequence == sequence ? found : null;
    }
}
