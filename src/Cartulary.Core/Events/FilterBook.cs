using System.Collections.Concurrent;

namespace Cartulary.Core.Events;

/// <summary>Gives readers with equal filters the same filter.</summary>
internal sealed class FilterBook
{
    private const int Most = 2_048;
    private readonly ConcurrentDictionary<string, FeedFilter> _filters = new(StringComparer.Ordinal);

    public FeedFilter For(FeedQuery query)
    {
        // Readers keep a filter they have; only verdicts that were remembered are lost.
        if (_filters.Count > Most)
        {
            _filters.Clear();
        }

        return _filters.GetOrAdd(FeedFilter.KeyOf(query), static (_, query) => new FeedFilter(query), query);
    }
}
