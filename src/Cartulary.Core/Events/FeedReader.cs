namespace Cartulary.Core.Events;

/// <summary>Reads the log for somebody who wants the same events all the time: which these are is worked out once, and not for every page.</summary>
public sealed class FeedReader
{
    private readonly EventFeed _feed;
    private readonly FeedQuery _wanted;
    private readonly FeedFilter _filter;

    internal FeedReader(EventFeed feed, FeedQuery wanted, FeedFilter filter)
    {
        _feed = feed;
        _wanted = wanted;
        _filter = filter;
    }

    /// <summary>At most so many events after a position that match; like <see cref="EventFeed.ReadAsync(FeedQuery, CancellationToken)"/>.</summary>
    /// <exception cref="InvalidDataException">The log has a gap or is damaged.</exception>
    public ValueTask<FeedPage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        _feed.ReadAsync(_wanted with { After = after, Limit = limit }, _filter, cancellationToken);
}
