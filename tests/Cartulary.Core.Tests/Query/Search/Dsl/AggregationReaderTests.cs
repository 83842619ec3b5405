using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Core.Tests.Query.Search.Dsl;

public sealed class AggregationReaderTests
{
    [Theory]
    [InlineData("""{"terms":{"field":"__typeName.keyword"}}""", "column=2 table=2 view=1")]
    [InlineData("""{"terms":{"field":"__typeName.keyword","order":{"_key":"desc"},"size":2}}""", "view=1 table=2 other=2")]
    [InlineData("""{"terms":{"field":"__typeName.keyword","order":[{"_count":"asc"},{"_key":"asc"}]}}""", "view=1 column=2 table=2")]
    [InlineData("""{"terms":{"field":"__typeName.keyword","min_doc_count":2}}""", "column=2 table=2")]
    [InlineData("""{"terms":{"field":"__typeName.keyword","include":["Table","view"]}}""", "table=2 view=1")]
    [InlineData("""{"terms":{"field":"__typeName.keyword","include":".*e.*","exclude":["view"]}}""", "table=2")]
    [InlineData("""{"terms":{"field":"rowCount","exclude":[10,"20"]}}""", "-5=1")]
    [InlineData("""{"filter":{"exists":{"field":"rowCount"}}}""", "=3")]
    [InlineData("""{"max":{"field":"rowCount"}}""", "20")]
    [InlineData("""{"avg":{"field":"popularityScore"}}""", "1.5")]
    [InlineData("""{"sum":{"field":"rowCount"}}""", "25")]
    [InlineData("""{"value_count":{"field":"rowCount"}}""", "3")]
    [InlineData("""{"cardinality":{"field":"__state"}}""", "2")]
    [InlineData("""{"top_hits":{"size":2,"sort":[{"rowCount":"desc"}]}}""", "2 1 of 5")]
    public void One_is_computed_as_it_is_written(string aggregation, string shown)
    {
        var search = DslDesk.Read($$$"""{"size":0,"aggregations":{"a":{{{aggregation}}}}}""");

        search.Aggregations.ShouldHaveSingleItem().First.ShouldBe(0);
        Show(DslDesk.Index.Search(search.Request).Aggregations.ShouldHaveSingleItem()).ShouldBe(shown);
    }

    [Fact]
    public void Several_computed_ones_can_be_one_of_the_request()
    {
        var search = DslDesk.Read(
            """
            {"aggs":{
              "stats":{"stats":{"field":"rowCount"}},
              "none":{"terms":{"field":"unheardOf"}},
              "named":{"filters":{"filters":{"a":{"term":{"__state":"ACTIVE"}},"b":{"term":{"__state":"DELETED"}}}}},
              "ranges":{"range":{"field":"rowCount","ranges":[{"from":10},{"to":10,"key":"few"}]}},
              "missing":{"missing":{"field":"rowCount"}}}}
            """);

        search.Aggregations.Select(plan => (plan.Name, plan.Kind, plan.First)).ShouldBe(
        [
            ("stats", AggregationKind.Stats, 0), ("none", AggregationKind.Terms, -1), ("named", AggregationKind.Named, 5), ("ranges", AggregationKind.Ranges, 7),
            ("missing", AggregationKind.Single, 9),
        ]);
        search.Aggregations[3].Keys.ShouldBe(["few", "10.0-*"]);
        DslDesk.Index.Search(search.Request).Aggregations.Select(Show).ShouldBe(["3", "-5", "20", "8.333333333333334", "25", "=4", "=1", "=1", "=2", "=2"]);
    }

    [Fact]
    public void Aggregations_stand_within_buckets()
    {
        var search = DslDesk.Read(
            """{"aggs":{"types":{"terms":{"field":"__typeName.keyword","order":{"most.value":"desc"}},"aggs":{"most":{"max":{"field":"rowCount"}}}}}}""");

        var terms = search.Request.Aggregations.ShouldHaveSingleItem().ShouldBeOfType<SearchAggregation.Terms>();
        terms.Order.ShouldBe(new SearchBucketOrder("most", IsDescending: true));
        terms.Inner.ShouldHaveSingleItem().ShouldBeOfType<SearchAggregation.Metric>().Of.ShouldBe(SearchMetric.Max);
        search.Aggregations[0].Inner.ShouldHaveSingleItem().Name.ShouldBe("most");
    }

    [Theory]
    [InlineData("\"calendar_interval\":\"month\"", "month", 0)]
    [InlineData("\"calendar_interval\":\"1d\"", "day", 0)]
    [InlineData("\"fixed_interval\":\"1d\"", null, 86_400_000)]
    [InlineData("\"fixed_interval\":\"30m\"", null, 1_800_000)]
    [InlineData("\"interval\":\"year\"", "year", 0)]
    public void Intervals_of_time(string interval, string? calendar, long milliseconds) =>
        DslDesk.Read($$$$$"""{"aggs":{"a":{"date_histogram":{"field":"__timestamp",{{{{{interval}}}}}}}}}""")
            .Request.Aggregations[0].ShouldBeOfType<SearchAggregation.DateHistogram>().Interval.ShouldBe(new SearchInterval(calendar, milliseconds));

    private static string Show(SearchAggregate aggregate) => aggregate switch
    {
        SearchAggregate.Buckets buckets => string.Join(' ', buckets.List.Select(bucket => $"{bucket.Key}={bucket.Count}").Concat(buckets.OtherCount > 0 ? [$"other={buckets.OtherCount}"] : [])),
        SearchAggregate.Number number => FormattableString.Invariant($"{number.Value}"),
        SearchAggregate.Top top => $"{string.Join(' ', top.Hits.Select(hit => hit.Asset.Value))} of {top.Total}",
        _ => "",
    };
}
