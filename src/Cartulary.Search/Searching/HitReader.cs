using System.Collections.Immutable;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Lucene.Net.Index;

namespace Cartulary.Search.Searching;

/// <summary>Says which assets documents are.</summary>
/// <param name="reader">The state that is searched.</param>
internal sealed class HitReader(IndexReader reader)
{
    /// <summary>The kept documents in order, without so many at the beginning.</summary>
    public ImmutableArray<SearchHit> Show(FirstDocuments first, int from)
    {
        var found = first.InOrder(from);
        var assets = new Dictionary<int, long>(found.Count);
        foreach (var group in found.GroupBy(one => ReaderUtil.SubIndex(one.Document, reader.Leaves)))
        {
            var segment = reader.Leaves[group.Key];
            var numbers = segment.AtomicReader.GetNumericDocValues(IndexNames.Asset);
            foreach (var one in group)
            {
                assets.Add(one.Document, numbers.Get(one.Document - segment.DocBase));
            }
        }

        return [.. found.Select(one => first.Show(one, assets[one.Document]))];
    }
}
