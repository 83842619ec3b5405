using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Cartulary.Search.Searching;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Aggregating;

/// <summary>Computes aggregations over the documents that matched; everything is exact.</summary>
/// <param name="reader">The state that is searched.</param>
/// <param name="translator">Makes queries of expressions.</param>
/// <param name="bounds">How much a search may do.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class Aggregator(IndexReader reader, QueryTranslator translator, SearchBounds bounds, CancellationToken cancellationToken)
{
    private int _buckets;

    /// <summary>Whether aggregations ask for scores.</summary>
    public static bool NeedScores(ImmutableArray<SearchAggregation> aggregations) => aggregations.Any(aggregation =>
        (aggregation is SearchAggregation.TopHits hits && (hits.Sort.IsEmpty || hits.Sort.Any(sort => sort.Field is null))) || NeedScores(aggregation.Inner));

    /// <summary>The results over some documents, in the order of the aggregations.</summary>
    public ImmutableArray<SearchAggregate> Compute(ImmutableArray<SearchAggregation> aggregations, DocumentSet documents)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [.. aggregations.Select(aggregation => Compute(aggregation, documents))];
    }

    private SearchAggregate Compute(SearchAggregation aggregation, DocumentSet documents) => aggregation switch
    {
        SearchAggregation.Metric metric => new SearchAggregate.Number(metric, Metrics.Of(metric.Of, documents, metric.Field)),
        SearchAggregation.Filter filter => OfFilter(filter, documents),
        SearchAggregation.Terms terms => OfTerms(terms, documents),
        SearchAggregation.DateHistogram histogram => OfTimes(histogram, documents),
        SearchAggregation.TopHits hits => OfHits(hits, documents),
        _ => throw new ArgumentException($"The aggregation {aggregation.GetType().Name} is not known.", nameof(aggregation)),
    };

    private SearchAggregate.Buckets OfFilter(SearchAggregation.Filter filter, DocumentSet documents)
    {
        var query = new QueryWrapperFilter(translator.Translate(filter.Expression));
        var found = new DocumentSet(documents.WithScores);
        foreach (var segment in documents.Segments)
        {
            var bits = FilterBits.Of(query, segment.Segment);
            found.Enter(segment.Segment);
            for (var i = 0; i < segment.Documents.Count; i++)
            {
                if (bits.Get(segment.Documents[i]))
                {
                    found.Add(segment.Documents[i], segment.Score(i));
                }
            }
        }

        Count(1);
        return new SearchAggregate.Buckets(filter, [new SearchBucket("", found.Count, Compute(filter.Inner, found))], 0);
    }

    private SearchAggregate.Top OfHits(SearchAggregation.TopHits hits, DocumentSet documents)
    {
        var first = new FirstDocuments(hits.Sort, hits.Size, []);
        foreach (var segment in documents.Segments)
        {
            first.Enter(segment.Segment);
            for (var i = 0; i < segment.Documents.Count; i++)
            {
                first.Offer(segment.Documents[i], segment.Score(i));
            }
        }

        return new SearchAggregate.Top(hits, documents.Count, new HitReader(reader).Show(first, from: 0));
    }

    private SearchAggregate.Buckets OfTerms(SearchAggregation.Terms terms, DocumentSet documents)
    {
        var counted = terms.CountAtLeast > 0 ? ValueCounts.Of(documents, terms.Field.Name).Where(one => one.Count >= terms.CountAtLeast)
            : WithZeros(terms.Field.Name, documents);
        if (terms.Include is not null || terms.Exclude is not null)
        {
            var chosen = new ChosenValues(terms, bounds);
            counted = counted.Where(one => chosen.Holds(one.Value));
        }

        return terms.Order.By is "_count" or "_key" ? FirstTerms(terms, documents, counted) : TermsByMetric(terms, documents, counted);
    }

    /// <summary>Also values that only other documents have.</summary>
    private IEnumerable<(BytesRef Value, long Count)> WithZeros(string field, DocumentSet documents)
    {
        using var having = ValueCounts.Of(documents, field).GetEnumerator();
        var isMore = having.MoveNext();
        foreach (var (value, _) in ValueCounts.Of(Everything(), field))
        {
            if (isMore && having.Current.Value.BytesEquals(value))
            {
                yield return having.Current;
                isMore = having.MoveNext();
            }
            else
            {
                yield return (value, 0);
            }
        }
    }

    private DocumentSet Everything()
    {
        var all = new DocumentSet(withScores: false);
        foreach (var segment in reader.Leaves)
        {
            all.Enter(segment);
            for (var document = 0; document < segment.AtomicReader.MaxDoc; document++)
            {
                if (segment.AtomicReader.LiveDocs?.Get(document) != false)
                {
                    all.Add(document, 0);
                }
            }
        }

        return all;
    }

    /// <summary>The first by count or by value, of any number.</summary>
    private SearchAggregate.Buckets FirstTerms(SearchAggregation.Terms terms, DocumentSet documents, IEnumerable<(BytesRef Value, long Count)> counted)
    {
        var order = Comparer<(BytesRef Value, long Count)>.Create((one, other) => Compare(terms.Order, one, other));
        var kept = new PriorityQueue<(BytesRef Value, long Count), (BytesRef Value, long Count)>(Comparer<(BytesRef Value, long Count)>.Create((one, other) => order.Compare(other, one)));
        var others = 0L;
        foreach (var one in counted)
        {
            if (kept.Count < terms.Size)
            {
                kept.Enqueue(one, one);
            }
            else
            {
                others += kept.Count == 0 ? one.Count : kept.EnqueueDequeue(one, one).Count;
            }
        }

        var first = kept.UnorderedItems.Select(item => item.Element).Order(order).ToList();
        Count(first.Count);
        var parts = terms.Inner.IsEmpty ? null : Parts(terms.Field, documents, first.ConvertAll(one => one.Value));
        return new SearchAggregate.Buckets(
            terms,
            [.. first.Select((one, i) => new SearchBucket(KeyOf(terms.Field, one.Value), one.Count, parts is null ? [] : Compute(terms.Inner, parts[i])))],
            others);
    }

    /// <summary>The first by a number that has to be computed for each of them.</summary>
    private SearchAggregate.Buckets TermsByMetric(SearchAggregation.Terms terms, DocumentSet documents, IEnumerable<(BytesRef Value, long Count)> counted)
    {
        var all = new List<(BytesRef Value, long Count)>();
        foreach (var one in counted)
        {
            Count(1);
            all.Add(one);
        }

        var parts = Parts(terms.Field, documents, all.ConvertAll(one => one.Value));
        var by = terms.Inner.OfType<SearchAggregation.Metric>().FirstOrDefault(metric => metric.Name == terms.Order.By)
            ?? throw new ArgumentException($"There is no metric {terms.Order.By} to order by.", nameof(terms));
        var ranked = all.Select((one, i) => (one.Value, one.Count, Part: parts[i], Number: Metrics.Of(by.Of, parts[i], by.Field)))
            .OrderBy(one => one.Number is null)
            .ThenBy(one => terms.Order.IsDescending ? -(one.Number ?? 0) : one.Number ?? 0)
            .ThenBy(one => one.Value)
            .ToList();
        var first = ranked.Take(terms.Size);
        return new SearchAggregate.Buckets(
            terms,
            [.. first.Select(one => new SearchBucket(KeyOf(terms.Field, one.Value), one.Count, Compute(terms.Inner, one.Part)))],
            ranked.Skip(terms.Size).Sum(one => one.Count));
    }

    private SearchAggregate.Buckets OfTimes(SearchAggregation.DateHistogram histogram, DocumentSet documents)
    {
        var steps = new TimeSteps(histogram.Interval);
        var parts = new SortedDictionary<long, DocumentSet>();
        foreach (var segment in documents.Segments)
        {
            AddTimes(parts, steps, segment, histogram.Field.Name, documents.WithScores);
        }

        if (histogram.CountAtLeast == 0 && parts.Count > 0)
        {
            var last = parts.Keys.Last();
            for (var start = steps.Next(parts.Keys.First()); start < last; start = steps.Next(start))
            {
                Count(parts.TryAdd(start, new DocumentSet(documents.WithScores)) ? 1 : 0);
            }
        }

        return new SearchAggregate.Buckets(
            histogram,
            [.. parts.Where(part => part.Value.Count >= histogram.CountAtLeast)
                .Select(part => new SearchBucket(part.Key.ToString(CultureInfo.InvariantCulture), part.Value.Count, Compute(histogram.Inner, part.Value)))],
            0);
    }

    private void AddTimes(SortedDictionary<long, DocumentSet> parts, TimeSteps steps, SegmentDocuments segment, string field, bool withScores)
    {
        if (segment.Segment.AtomicReader.GetSortedSetDocValues(field) is not { } values)
        {
            return;
        }

        var starts = new Dictionary<long, long>();
        var entered = new HashSet<long>();
        var bytes = new BytesRef();
        for (var i = 0; i < segment.Documents.Count; i++)
        {
            values.SetDocument(segment.Documents[i]);
            long? before = null;
            for (var ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
            {
                if (!starts.TryGetValue(ordinal, out var start))
                {
                    values.LookupOrd(ordinal, bytes);
                    start = steps.Start(IndexValues.Long(bytes));
                    starts.Add(ordinal, start);
                }

                if (start != before)
                {
                    var part = PartAt(start);
                    part.Add(segment.Documents[i], segment.Score(i));
                    before = start;
                }
            }
        }

        DocumentSet PartAt(long start)
        {
            if (!parts.TryGetValue(start, out var part))
            {
                Count(1);
                part = new DocumentSet(withScores);
                parts.Add(start, part);
            }

            if (entered.Add(start))
            {
                part.Enter(segment.Segment);
            }

            return part;
        }
    }

    /// <summary>The documents that have each of some values of a field.</summary>
    private static List<DocumentSet> Parts(SearchField field, DocumentSet documents, List<BytesRef> values)
    {
        var parts = values.ConvertAll(_ => new DocumentSet(documents.WithScores));
        foreach (var segment in documents.Segments)
        {
            if (segment.Segment.AtomicReader.GetSortedSetDocValues(field.Name) is not { } having)
            {
                continue;
            }

            parts.ForEach(part => part.Enter(segment.Segment));
            var places = new Dictionary<long, int>();
            for (var i = 0; i < values.Count; i++)
            {
                if (having.LookupTerm(values[i]) is >= 0 and var ordinal)
                {
                    places.Add(ordinal, i);
                }
            }

            for (var i = 0; i < segment.Documents.Count; i++)
            {
                having.SetDocument(segment.Documents[i]);
                for (var ordinal = having.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = having.NextOrd())
                {
                    if (places.TryGetValue(ordinal, out var place))
                    {
                        parts[place].Add(segment.Documents[i], segment.Score(i));
                    }
                }
            }
        }

        return parts;
    }

    private static int Compare(SearchBucketOrder order, (BytesRef Value, long Count) one, (BytesRef Value, long Count) other)
    {
        if (order.By == "_key")
        {
            return order.IsDescending ? other.Value.CompareTo(one.Value) : one.Value.CompareTo(other.Value);
        }

        var byCount = order.IsDescending ? other.Count.CompareTo(one.Count) : one.Count.CompareTo(other.Count);
        return byCount != 0 ? byCount : one.Value.CompareTo(other.Value);
    }

    private static string KeyOf(SearchField field, BytesRef value) => IndexValues.Decode(field.Kind, value);

    private void Count(int buckets)
    {
        _buckets += buckets;
        if (_buckets > bounds.Buckets)
        {
            throw SearchBounds.TooLarge($"The aggregations have more than {bounds.Buckets} buckets.");
        }
    }
}
