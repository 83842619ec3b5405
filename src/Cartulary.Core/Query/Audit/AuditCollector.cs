using System.Collections.Immutable;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>Keeps of the entries that match those that a page needs, and counts the others.</summary>
/// <param name="request">The search.</param>
/// <param name="order">Its order.</param>
/// <param name="also">What else must be so of an entry.</param>
/// <param name="comeInOrder">Whether entries come by their times, as the page is to show them.</param>
internal sealed class AuditCollector(SearchRequest request, AuditOrder order, Predicate<AuditEntry> also, bool comeInOrder)
{
    private readonly Predicate<AuditEntry> _matches = AuditMatch.Of(request.Expression);
    private readonly List<AuditEntry> _kept = [];
    private readonly ImmutableArray<Dictionary<string, long>> _counts = [.. request.Aggregations.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))];
    private long _reached;

    /// <summary>How many matched.</summary>
    public long Total { get; private set; }

    /// <summary>Takes an entry.</summary>
    public void Add(AuditEntry entry)
    {
        _reached = entry.Time;
        if (!_matches(entry) || !also(entry))
        {
            return;
        }

        Total++;
        for (var i = 0; i < _counts.Length; i++)
        {
            var key = entry.Text(((SearchAggregation.Terms)request.Aggregations[i]).Field);
            _counts[i][key] = _counts[i].GetValueOrDefault(key) + 1;
        }

        // Entries of one time have yet to be put in order among themselves.
        if (!comeInOrder || _kept.Count < (long)request.From + request.Size || (_kept.Count > 0 && _kept[^1].Time == entry.Time))
        {
            _kept.Add(entry);
        }
    }

    /// <summary>The page.</summary>
    public ImmutableArray<AuditEntry> Page()
    {
        _kept.Sort(order);
        return [.. _kept.Skip(request.From).Take(request.Size)];
    }

    /// <summary>Whether a page is what it would be if all the rest of the log had been taken too.</summary>
    /// <param name="page">The page, full or not.</param>
    public bool IsSettled(ImmutableArray<AuditEntry> page) =>
        comeInOrder && page.Length == request.Size && (page.IsEmpty || order.IsByTimeAlone || page[^1].Time != _reached);

    /// <summary>The counts, the greatest first and equal ones by key.</summary>
    public ImmutableArray<SearchAggregate.Buckets> Aggregations() => [.. request.Aggregations.Select((wish, place) => Buckets((SearchAggregation.Terms)wish, _counts[place]))];

    private static SearchAggregate.Buckets Buckets(SearchAggregation.Terms wish, Dictionary<string, long> counts)
    {
        var buckets = counts.Where(bucket => bucket.Value >= wish.CountAtLeast)
            .OrderByDescending(bucket => bucket.Value)
            .ThenBy(bucket => bucket.Key, StringComparer.Ordinal)
            .Take(wish.Size)
            .Select(bucket => new SearchBucket(bucket.Key, bucket.Value, []))
            .ToImmutableArray();
        return new SearchAggregate.Buckets(wish, buckets, counts.Values.Sum() - buckets.Sum(bucket => bucket.Count));
    }
}
