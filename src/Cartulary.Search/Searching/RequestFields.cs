using System.Collections.Immutable;
using Cartulary.Core.Query.Search;

namespace Cartulary.Search.Searching;

/// <summary>Looks whether a search means by its fields what the searched state means: types may have changed since it was read.</summary>
internal static class RequestFields
{
    /// <summary>Lets a search pass whose fields are those of the state, or are none there.</summary>
    /// <exception cref="SearchUnavailableException">A field is another one now; the search has to be read again.</exception>
    public static void Check(SearchRequest request, SearchFields fields)
    {
        if (Of(request).FirstOrDefault(field => fields.Find(field.Name) is { } now && now != field) is { } changed)
        {
            throw new SearchUnavailableException($"The types have changed what {changed.Name} means while the search was read.", TimeSpan.FromSeconds(1));
        }
    }

    private static IEnumerable<SearchField> Of(SearchRequest request) => Of(request.Expression)
        .Concat(request.PostFilter is null ? [] : Of(request.PostFilter))
        .Concat(request.Sort.Select(sort => sort.Field).OfType<SearchField>())
        .Concat(Of(request.Aggregations));

    private static IEnumerable<SearchField> Of(ImmutableArray<SearchAggregation> aggregations) => aggregations.SelectMany(aggregation => (aggregation switch
    {
        SearchAggregation.Terms terms => [terms.Field],
        SearchAggregation.DateHistogram histogram => [histogram.Field],
        SearchAggregation.Metric metric => [metric.Field],
        SearchAggregation.Filter filter => Of(filter.Expression),
        SearchAggregation.TopHits hits => hits.Sort.Select(sort => sort.Field).OfType<SearchField>(),
        _ => [],
    }).Concat(Of(aggregation.Inner)));

    private static IEnumerable<SearchField> Of(SearchExpression expression) => expression switch
    {
        SearchExpression.OneOf one => [one.Field],
        SearchExpression.Prefix prefix => [prefix.Field],
        SearchExpression.Wildcard wildcard => [wildcard.Field],
        SearchExpression.Regexp regexp => [regexp.Field],
        SearchExpression.Fuzzy fuzzy => [fuzzy.Field],
        SearchExpression.Range range => [range.Field],
        SearchExpression.Exists exists => [exists.Field],
        SearchExpression.Words words => [words.Field],
        SearchExpression.Phrase phrase => [phrase.Field],
        SearchExpression.Span span => [span.Field],
        SearchExpression.Group group => group.Must.Concat(group.Filter).Concat(group.Should).Concat(group.MustNot).SelectMany(Of),
        SearchExpression.Best best => best.Of.SelectMany(Of),
        SearchExpression.Weighted weighted => Of(weighted.Inner),
        _ => [],
    };
}
