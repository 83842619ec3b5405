using System.Collections.Immutable;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Aggregating;
using Cartulary.Search.Indexing;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Cartulary.Search.Searching;

/// <summary>Runs searches on one state of the index.</summary>
internal static class IndexSearch
{
    /// <summary>Searches.</summary>
    /// <param name="reader">The state.</param>
    /// <param name="sequence">Which one it is.</param>
    /// <param name="request">The search.</param>
    /// <param name="bounds">How much it may do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static SearchResult Run(IndexReader reader, long sequence, SearchRequest request, SearchBounds bounds, CancellationToken cancellationToken)
    {
        var translator = new QueryTranslator(reader, bounds, cancellationToken);
        var query = translator.Translate(request.Expression);
        var postFilter = request.PostFilter is null ? null : new QueryWrapperFilter(translator.Translate(request.PostFilter));
        var first = new FirstDocuments(request.Sort, request.Size == 0 ? 0 : checked(request.From + request.Size), request.After);
        var needsScores = (first.NeedsScores && request.Size > 0) || Aggregator.NeedScores(request.Aggregations);
        var gathered = request.Aggregations.IsEmpty ? null : new DocumentSet(Aggregator.NeedScores(request.Aggregations));
        var collector = new MatchCollector(first, gathered, postFilter, needsScores, cancellationToken);
        new IndexSearcher(reader) { Similarity = new MatchSimilarity() }.Search(needsScores ? query : new ConstantScoreQuery(query), collector);
        ImmutableArray<SearchAggregate> aggregates = gathered is null
            ? []
            : new Aggregator(reader, translator, bounds, cancellationToken).Compute(request.Aggregations, gathered);
        return new SearchResult(sequence, collector.Total, new HitReader(reader).Show(first, request.From), aggregates);
    }
}
