using Cartulary.Search.Aggregating;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Sees every document that matches, once: counts them, keeps the first, and gathers all of them where aggregations need that.</summary>
/// <param name="first">Keeps the first.</param>
/// <param name="gathered">Gathers all; null when nobody needs them.</param>
/// <param name="postFilter">What of them counts for the page; null for all.</param>
/// <param name="needsScores">Whether scores are asked for.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class MatchCollector(
    FirstDocuments first, DocumentSet? gathered, Filter? postFilter, bool needsScores, CancellationToken cancellationToken) : ICollector
{
    private const int DocumentsBetweenLooks = 4_096;
    private Scorer? _scorer;
    private FixedBitSet? _kept;
    private int _seen;

    /// <summary>How many matched and count for the page.</summary>
    public long Total { get; private set; }

    /// <inheritdoc/>
    public bool AcceptsDocsOutOfOrder => false;

    /// <inheritdoc/>
    public void SetScorer(Scorer scorer) => _scorer = scorer;

    /// <inheritdoc/>
    public void SetNextReader(AtomicReaderContext context)
    {
        cancellationToken.ThrowIfCancellationRequested();
        first.Enter(context);
        gathered?.Enter(context);
        _kept = postFilter is null ? null : FilterBits.Of(postFilter, context);
    }

    /// <inheritdoc/>
    public void Collect(int doc)
    {
        if (++_seen % DocumentsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var score = needsScores ? _scorer!.GetScore() : 0;
        gathered?.Add(doc, score);
        if (_kept is null || _kept.Get(doc))
        {
            Total++;
            first.Offer(doc, score);
        }
    }
}
