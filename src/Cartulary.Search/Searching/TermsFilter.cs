using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Documents that have one of some terms of a field.</summary>
/// <param name="field">The field.</param>
/// <param name="cancellationToken">Stops it.</param>
internal abstract class TermsFilter(string field, CancellationToken cancellationToken) : Filter
{
    private const int TermsBetweenLooks = 1_024;

    /// <inheritdoc/>
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
    {
        if (context.AtomicReader.GetTerms(field) is not { } terms)
        {
            return null;
        }

        var found = new FixedBitSet(context.AtomicReader.MaxDoc);
        DocsEnum? documents = null;
        var seen = 0;
        foreach (var at in Matching(terms))
        {
            if (++seen % TermsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            documents = at.Docs(acceptDocs, documents, DocsFlags.NONE);
            for (var document = documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.NextDoc())
            {
                found.Set(document);
            }
        }

        return found;
    }

    /// <summary>Stands at each of the terms in turn.</summary>
    protected abstract IEnumerable<TermsEnum> Matching(Terms terms);
}
