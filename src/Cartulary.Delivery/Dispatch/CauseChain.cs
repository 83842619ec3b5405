using System.Globalization;
using Cartulary.Core.Events;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// How many events lead to one, each saved in answer to the one before: a receiver that saves says so with <c>X-Cartulary-Cause</c>, the sequence
/// of the event that it answers. A cause lies before its event, so that every chain ends.
/// </summary>
/// <param name="feed">Reads the events.</param>
/// <param name="most">Longer chains need not be followed to their beginning.</param>
internal sealed class CauseChain(EventFeed feed, int most)
{
    /// <summary>The header by which a save names its cause.</summary>
    public const string Header = "x-cartulary-cause";

    /// <summary>How many events lead to this one, at most as many as matter; what is not in the log any more is not counted.</summary>
    public async ValueTask<int> DepthAsync(FeedEvent told, CancellationToken cancellationToken)
    {
        var depth = 0;
        for (FeedEvent? at = told; depth < most && at is not null && CauseOf(at) is { } cause; depth++)
        {
            at = await feed.FindAsync(cause, cancellationToken);
        }

        return depth;
    }

    private static long? CauseOf(FeedEvent told)
    {
        var value = told.Label.Headers.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var cause) && cause > 0 && cause < told.Sequence ? cause : null;
    }
}
