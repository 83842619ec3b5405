namespace Cartulary.Core.Events;

/// <summary>Reads the log for somebody who wants the same events all the time: which these are is worked out once, and not for every page.</summary>
public sealed class FeedReader
{
    private readonly EventFeed _feed;
    private readonly FeedQuery _wanted;
    private volatile Held? _held;

    internal FeedReader(EventFeed feed, FeedQuery wanted)
    {
        _feed = feed;
        _wanted = wanted;
    }

    /// <summary>At most so many events after a position that match; like <see cref="EventFeed.ReadAsync(FeedQuery, CancellationToken)"/>.</summary>
    /// <exception cref="InvalidDataException">The log has a gap or is damaged.</exception>
    public ValueTask<FeedPage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        _feed.ReadAsync(_wanted with { After = after, Limit = limit }, this, cancellationToken);

    /// <summary>The filter of what is wanted, which is another one in another log.</summary>
    internal FeedFilter FilterOf(FilterBook book)
    {
        var held = _held;
        if (held is null || held.Book != book)
        {
            _held = held = new Held(book, book.For(_wanted));
        }

        return held.Filter;
    }

    private sealed record Held(FilterBook Book, FeedFilter Filter);
}
