using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>What a filter leaves of a segment.</summary>
internal static class FilterBits
{
    /// <summary>The live documents of a segment that pass a filter.</summary>
    public static FixedBitSet Of(Filter filter, AtomicReaderContext segment)
    {
        var bits = new FixedBitSet(Math.Max(1, segment.AtomicReader.MaxDoc));
        if (filter.GetDocIdSet(segment, segment.AtomicReader.LiveDocs)?.GetIterator() is { } documents)
        {
            bits.Or(documents);
        }

        return bits;
    }
}
