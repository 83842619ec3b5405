using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Documents that have one of the listed terms.</summary>
internal sealed class ListedTermsFilter(string field, IEnumerable<BytesRef> terms, CancellationToken cancellationToken) : TermsFilter(field, cancellationToken)
{
    private readonly List<BytesRef> _terms = [.. terms.Order().Distinct()];

    /// <inheritdoc/>
    protected override IEnumerable<TermsEnum> Matching(Terms terms)
    {
        var at = terms.GetEnumerator();
        return _terms.Where(at.SeekExact).Select(_ => at);
    }
}
