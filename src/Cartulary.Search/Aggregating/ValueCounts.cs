using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Aggregating;

/// <summary>Which values of a field some documents have, and how many have each; over all segments, in the order of the values.</summary>
internal static class ValueCounts
{
    /// <summary>The values with their counts. The bytes are good until the next is taken.</summary>
    public static IEnumerable<(BytesRef Value, long Count)> Of(DocumentSet documents, string field)
    {
        var open = new PriorityQueue<SegmentCounts, BytesRef>();
        foreach (var segment in documents.Segments)
        {
            if (segment.Segment.AtomicReader.GetSortedSetDocValues(field) is { } values)
            {
                var counts = new SegmentCounts(values, segment.Documents);
                if (counts.MoveNext())
                {
                    open.Enqueue(counts, counts.Value);
                }
            }
        }

        while (open.TryDequeue(out var first, out var value))
        {
            var count = first.Count;
            Advance(open, first);
            while (open.TryPeek(out var next, out var nextValue) && nextValue.BytesEquals(value))
            {
                count += next.Count;
                open.Dequeue();
                Advance(open, next);
            }

            yield return (value, count);
        }
    }

    private static void Advance(PriorityQueue<SegmentCounts, BytesRef> open, SegmentCounts counts)
    {
        if (counts.MoveNext())
        {
            open.Enqueue(counts, counts.Value);
        }
    }

    /// <summary>The values of one segment's documents, one after the other.</summary>
    private sealed class SegmentCounts
    {
        // From so many documents on for each value there is, a count for each value takes less than a list of what was met.
        private const int Sparse = 8;
        private readonly TermsEnum _terms;
        private readonly IEnumerator<(long Ordinal, int Count)> _counts;

        public SegmentCounts(SortedSetDocValues values, List<int> documents)
        {
            _terms = values.GetTermsEnum();
            _counts = (documents.Count > values.ValueCount / Sparse ? Dense(values, documents) : Few(values, documents)).GetEnumerator();
        }

        public BytesRef Value { get; private set; } = new();

        public int Count => _counts.Current.Count;

        public bool MoveNext()
        {
            if (!_counts.MoveNext())
            {
                return false;
            }

            _terms.SeekExact(_counts.Current.Ordinal);
            Value = BytesRef.DeepCopyOf(_terms.Term);
            return true;
        }

        private static IEnumerable<(long Ordinal, int Count)> Dense(SortedSetDocValues values, List<int> documents)
        {
            var counts = new int[values.ValueCount];
            foreach (var document in documents)
            {
                values.SetDocument(document);
                for (var ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
                {
                    counts[ordinal]++;
                }
            }

            for (var ordinal = 0; ordinal < counts.Length; ordinal++)
            {
                if (counts[ordinal] > 0)
                {
                    yield return (ordinal, counts[ordinal]);
                }
            }
        }

        private static IEnumerable<(long Ordinal, int Count)> Few(SortedSetDocValues values, List<int> documents)
        {
            var met = new List<long>(documents.Count);
            foreach (var document in documents)
            {
                values.SetDocument(document);
                for (var ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
                {
                    met.Add(ordinal);
                }
            }

            met.Sort();
            for (var i = 0; i < met.Count;)
            {
                var start = i;
                while (i < met.Count && met[i] == met[start])
                {
                    i++;
                }

                yield return (met[start], i - start);
            }
        }
    }
}
