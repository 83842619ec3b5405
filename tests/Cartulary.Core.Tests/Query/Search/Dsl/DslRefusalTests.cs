using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Tests.Query.Search.Dsl;

/// <summary>What is not understood is refused with its place, and never answered in another sense.</summary>
public sealed class DslRefusalTests
{
    [Theory]
    [InlineData("""{"span_near":{"clauses":[]}}""", "dsl.query.span_near.clauses")]
    [InlineData("""{"span_near":{"clauses":[{"span_term":{"name":"a"}},{"term":{"name":"b"}}]}}""", "dsl.query.span_near.clauses[1].term")]
    [InlineData("""{"span_near":{"clauses":[{"span_term":{"name":"a"}},{"span_term":{"description":"b"}}]}}""", "dsl.query.span_near")]
    [InlineData("""{"span_or":{"clauses":[{"span_multi":{"match":{"prefix":{"name":"a"}}}}]}}""", "dsl.query.span_or.clauses[0].span_multi")]
    [InlineData("""{"span_multi":{"match":{"prefix":{"name":"a"}}}}""", "dsl.query.span_multi")]
    [InlineData("""{"span_within":{"little":{"span_term":{"name":"a"}}}}""", "dsl.query.span_within.big")]
    [InlineData("""{"span_first":{"match":{"span_term":{"name":"a"}}}}""", "dsl.query.span_first.end")]
    [InlineData("""{"span_term":{"qualifiedName":"a"}}""", "dsl.query.span_term.qualifiedName")]
    [InlineData("""{"span_not":{"include":{"span_term":{"name":"a"}},"exclude":{"span_term":{"name":"b"}},"far":1}}""", "dsl.query.span_not.far")]
    [InlineData("""{"more_like_this":{}}""", "dsl.query.more_like_this")]
    [InlineData("""{"bool":{"must":[{"match_all":{}},{"script":{}}]}}""", "dsl.query.bool.must[1].script")]
    [InlineData("""{"bool":{"musts":[]}}""", "dsl.query.bool.musts")]
    [InlineData("""{"term":{"certificateStatus":{"value":"x","strange":1}}}""", "dsl.query.term.certificateStatus.strange")]
    [InlineData("""{"term":{"certificateStatus":null}}""", "dsl.query.term.certificateStatus")]
    [InlineData("""{"term":{"a":1,"b":2}}""", "dsl.query.term")]
    [InlineData("""{"term":{"rowCount":"many"}}""", "dsl.query.term.rowCount")]
    [InlineData("""{"terms":{"rowCount":[1,"two"]}}""", "dsl.query.terms.rowCount[1]")]
    [InlineData("""{"terms":{"rowCount":{"index":"other"}}}""", "dsl.query.terms.rowCount")]
    [InlineData("""{"term":{"isPartitioned":"yes"}}""", "dsl.query.term.isPartitioned")]
    [InlineData("""{"prefix":{"rowCount":"1"}}""", "dsl.query.prefix.rowCount")]
    [InlineData("""{"range":{"name":{"gte":"a"}}}""", "dsl.query.range.name")]
    [InlineData("""{"range":{"rowCount":{"gte":1,"gt":2}}}""", "dsl.query.range.rowCount.gt")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"gte":"yesterday"}}}""", "dsl.query.range.sourceUpdatedAt.gte")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"gte":"2026","format":"dd/MM/yyyy"}}}""", "dsl.query.range.sourceUpdatedAt.format")]
    [InlineData("""{"match":{"name":{"query":"x","analyzer":"french"}}}""", "dsl.query.match.name.analyzer")]
    [InlineData("""{"match_phrase_prefix":{"qualifiedName":"x"}}""", "dsl.query.match_phrase_prefix.qualifiedName")]
    [InlineData("""{"multi_match":{"query":"x","fields":["na*"]}}""", "dsl.query.multi_match.fields[0]")]
    [InlineData("""{"multi_match":{"query":"x","fields":["name"],"type":"cross_fields","fuzziness":1}}""", "dsl.query.multi_match.fuzziness")]
    [InlineData("""{"multi_match":{"query":"x","fields":["name"],"type":"any_fields"}}""", "dsl.query.multi_match.type")]
    [InlineData("""{"query_string":{"query":"x"}}""", "dsl.query.query_string.query")]
    [InlineData("""{"query_string":{"query":"(x","default_field":"name"}}""", "dsl.query.query_string.query")]
    [InlineData("""{"query_string":{"query":"x AND","default_field":"name"}}""", "dsl.query.query_string.query")]
    [InlineData("""{"exists":{"field":"name.wildcard"}}""", "dsl.query.exists.field")]
    [InlineData("""{"exists":{"field":"_source"}}""", "dsl.query.exists.field")]
    [InlineData("""{"exists":{"field":"columns"}}""", "dsl.query.exists.field")]
    [InlineData("""{"nested":{"path":"a","query":{"bool":{"must":[{"term":{"rowCount":1}},{"term":{"rowCount":2}}]}}}}""", "dsl.query.nested.query")]
    [InlineData("""{"bool":{"minimum_should_match":"some"}}""", "dsl.query.bool.minimum_should_match")]
    [InlineData("""{"match_all":{"boost":-1}}""", "dsl.query.match_all.boost")]
    [InlineData("""[]""", "dsl.query")]
    public void Queries(string query, string path) => DslDesk.Refused($$"""{"query":{{query}}}""").ShouldBe([path]);

    [Theory]
    [InlineData("""{"from":99999,"size":10}""", "dsl.from")]
    [InlineData("""{"size":20000}""", "dsl.size")]
    [InlineData("""{"size":-1}""", "dsl.size")]
    [InlineData("""{"collapse":{"field":"name.keyword"}}""", "dsl.collapse")]
    [InlineData("""{"min_score":1}""", "dsl.min_score")]
    [InlineData("""{"sort":"name"}""", "dsl.sort")]
    [InlineData("""{"sort":[{"unheardOf":"asc"}]}""", "dsl.sort[0].unheardOf")]
    [InlineData("""{"sort":[{"rowCount":{"order":"up"}}]}""", "dsl.sort[0].rowCount.order")]
    [InlineData("""{"sort":[{"rowCount":{"order":"asc","mode":"avg"}}]}""", "dsl.sort[0].rowCount.mode")]
    [InlineData("""{"sort":[{"_script":{"script":"x"}}]}""", "dsl.sort[0]._script.script dsl.sort[0]._script")]
    [InlineData("""{"sort":"rowCount","search_after":[1,2,3]}""", "dsl.search_after")]
    [InlineData("""{"sort":"rowCount","search_after":["x"]}""", "dsl.search_after[0]")]
    [InlineData("""{"sort":"rowCount","search_after":[1.5]}""", "dsl.search_after[0]")]
    [InlineData("""{"sort":"_score","search_after":[null]}""", "dsl.search_after[0]")]
    [InlineData("""{"search_after":[1]}""", "dsl.search_after")]
    [InlineData("""{"query":{"function_score":{"query":{"match_all":{}},"random_score":{}}}}""", "dsl.query.function_score.random_score")]
    [InlineData("""{"aggs":{"a":{"percentiles":{"field":"rowCount"}}}}""", "dsl.aggs.a.percentiles")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"name"}}}}""", "dsl.aggs.a.terms.field")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"rowCount","include":"x"}}}}""", "dsl.aggs.a.terms.include")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"qualifiedName","include":{"partition":0,"num_partitions":2}}}}}""", "dsl.aggs.a.terms.include")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"rowCount","exclude":["x"]}}}}""", "dsl.aggs.a.terms.exclude[0]")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"sourceUpdatedAt","include":["2026-01-01"]}}}}""", "dsl.aggs.a.terms.include[0]")]
    [InlineData("""{"aggs":{"a":{"terms":{"field":"rowCount","order":{"b":"asc"}}}}}""", "dsl.aggs.a.terms.order.b")]
    [InlineData("""{"aggs":{"a":{"max":{"field":"qualifiedName"}}}}""", "dsl.aggs.a.max.field")]
    [InlineData("""{"aggs":{"a":{"max":{"field":"rowCount"},"aggs":{"b":{"min":{"field":"rowCount"}}}}}}""", "dsl.aggs.a")]
    [InlineData("""{"aggs":{"a":{"date_histogram":{"field":"sourceUpdatedAt","calendar_interval":"fortnight"}}}}""", "dsl.aggs.a.date_histogram")]
    [InlineData("""{"aggs":{"a":{"date_histogram":{"field":"rowCount","fixed_interval":"1h"}}}}""", "dsl.aggs.a.date_histogram.field")]
    public void Searches(string search, string paths) => string.Join(' ', DslDesk.Refused(search)).ShouldBe(paths);

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => DslDesk.Refused(
        """{"query":{"bool":{"must":[{"geo_shape":{}},{"term":{"rowCount":"x"}}],"filter":{"wrapper":{}}}},"sort":"name","rescore":{}}""")
        .ShouldBe(
            ["dsl.sort", "dsl.query.bool.must[0].geo_shape", "dsl.query.bool.must[1].term.rowCount", "dsl.query.bool.filter.wrapper", "dsl.rescore"], ignoreOrder: true);

    [Fact]
    public void Searches_are_bounded()
    {
        var limits = new SearchLimits { Depth = 3, Clauses = 5, Values = 2 };

        DslDesk.Refused("""{"query":{"bool":{"must":{"bool":{"must":{"bool":{"must":{"match_all":{}}}}}}}}}""", limits).ShouldHaveSingleItem();
        DslDesk.Refused("""{"query":{"bool":{"must":[{"bool":{}},{"bool":{}},{"bool":{}},{"bool":{}},{"bool":{}},{"bool":{}}]}}}""", limits).ShouldHaveSingleItem();
        DslDesk.Refused("""{"query":{"terms":{"rowCount":[1,2,3]}}}""", limits).ShouldBe(["dsl.query.terms.rowCount"]);
        DslDesk.Refused("""{"query":{"query_string":{"query":"((((x))))","default_field":"name"}}}""", limits).ShouldBe(["dsl.query.query_string.query"]);
        DslDesk.Refused("""{"query":{"simple_query_string":{"query":"((((x))))","fields":["name"]}}}""", limits).ShouldBe(["dsl.query.simple_query_string.query"]);
        DslDesk.Refused("""{"aggs":{"a":{"filter":{"match_all":{}},"aggs":{"a":{"filter":{"match_all":{}},"aggs":{"a":{"filter":{"match_all":{}}}}}}}}}""", limits).ShouldNotBeEmpty();
    }
}
