using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Documents that have a term which begins so.</summary>
internal sealed class PrefixTermsFilter(string field, BytesRef prefix, CancellationToken cancellationToken) : TermsFilter(field, cancellationToken)
{
    /// <summary>Stands at each term that begins so, in order.</summary>
    public static IEnumerable<TermsEnum> Beginning(Terms terms, BytesRef prefix)
    {
        var at = terms.GetEnumerator();
        if (at.SeekCeil(prefix) == TermsEnum.SeekStatus.END)
        {
            yield break;
        }

        do
        {
            if (!StringHelper.StartsWith(at.Term, prefix))
            {
                yield break;
            }

            yield return at;
        }
        while (at.MoveNext());
    }

    /// <inheritdoc/>
    protected override IEnumerable<TermsEnum> Matching(Terms terms) => Beginning(terms, prefix);
}
