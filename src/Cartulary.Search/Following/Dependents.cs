using Cartulary.Core.Assets;
using Cartulary.Search.Indexing;
using Cartulary.Search.Searching;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Following;

/// <summary>Finds the assets whose documents hold the names of others.</summary>
internal static class Dependents
{
    /// <summary>Those that hold the name of one of some assets, in a state of the index.</summary>
    public static IEnumerable<(AssetId Asset, Guid Guid)> Of(IndexReader reader, IEnumerable<Guid> named, CancellationToken cancellationToken)
    {
        var filter = new ListedTermsFilter(IndexNames.DependsOn, named.Select(guid => new BytesRef(guid.ToString("D"))), cancellationToken);
        foreach (var segment in reader.Leaves)
        {
            var bits = FilterBits.Of(filter, segment);
            var assets = segment.AtomicReader.GetNumericDocValues(IndexNames.Asset);
            var guids = new SortValues(segment, IndexNames.Guid, takesLast: false);
            var documents = bits.GetIterator();
            for (var document = documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.NextDoc())
            {
                yield return (new AssetId(assets.Get(document)), Guid.Parse(guids.Value(guids.Ordinal(document))!.Utf8ToString()));
            }
        }
    }
}
