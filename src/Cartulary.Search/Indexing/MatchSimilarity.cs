using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Cartulary.Search.Indexing;

/// <summary>Scores by what matches alone, as Atlan's index does: how often and where a word stands, here or elsewhere, counts for nothing.</summary>
internal sealed class MatchSimilarity : Similarity
{
    /// <inheritdoc/>
    public override long ComputeNorm(FieldInvertState state) => 1;

    /// <inheritdoc/>
    public override SimWeight ComputeWeight(float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats) => new Weight(queryBoost);

    /// <inheritdoc/>
    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context) => new Scorer(((Weight)weight).Value);

    private sealed class Weight(float boost) : SimWeight
    {
        public float Value { get; private set; }

        public override float GetValueForNormalization() => 1;

        public override void Normalize(float queryNorm, float topLevelBoost) => Value = boost * queryNorm * topLevelBoost;
    }

    private sealed class Scorer(float value) : SimScorer
    {
        public override float Score(int doc, float freq) => value;

        public override float ComputeSlopFactor(int distance) => 1;

        public override float ComputePayloadFactor(int doc, int start, int end, BytesRef payload) => 1;
    }
}
