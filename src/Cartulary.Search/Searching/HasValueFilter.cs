using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Documents that have a value of a field with doc values.</summary>
internal sealed class HasValueFilter(string field) : Filter
{
    /// <inheritdoc/>
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        if (context.AtomicReader.GetDocsWithField(field) is not { } having)
        {
            return null;
        }

        var found = new FixedBitSet(context.AtomicReader.MaxDoc);
        for (var document = 0; document < found.Length; document++)
        {
            if (having.Get(document) && acceptDocs?.Get(document) != false)
            {
                found.Set(document);
            }
        }

        return found;
    }
}
