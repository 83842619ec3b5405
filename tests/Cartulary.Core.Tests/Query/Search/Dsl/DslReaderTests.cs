using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Core.Tests.Query.Search.Dsl;

public sealed class DslReaderTests
{
    [Theory]
    [InlineData("""{"term":{"certificateStatus":"VERIFIED"}}""", "1")]
    [InlineData("""{"term":{"certificateStatus":"verified"}}""", "")]
    [InlineData("""{"term":{"certificateStatus":{"value":"verified","case_insensitive":true}}}""", "1")]
    [InlineData("""{"term":{"__typeName.keyword":"TABLE"}}""", "1 2")]
    [InlineData("""{"term":{"rowCount":10.0}}""", "1")]
    [InlineData("""{"term":{"rowCount":10.5}}""", "")]
    [InlineData("""{"term":{"isPartitioned":"true"}}""", "3")]
    [InlineData("""{"term":{"name":"Orders"}}""", "")]
    [InlineData("""{"term":{"sourceUpdatedAt":"2026-01"}}""", "1 2")]
    [InlineData("""{"terms":{"qualifiedName":["x","shop/Orders","y"]}}""", "3 5")]
    [InlineData("""{"terms":{"rowCount":[]}}""", "")]
    [InlineData("""{"range":{"rowCount":{"gt":-5,"lt":20}}}""", "1")]
    [InlineData("""{"range":{"rowCount":{"from":-5,"to":20,"include_upper":false}}}""", "1 4")]
    [InlineData("""{"range":{"rowCount":{"gte":9.5,"lte":1e30}}}""", "1 2")]
    [InlineData("""{"range":{"rowCount":{"gte":1e30}}}""", "")]
    [InlineData("""{"range":{"qualifiedName":{"gte":"shop/P","lt":"shop/p"}}}""", "2 1")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"gte":"now-1d/d"}}}""", "2")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"gte":"now/y","lt":"2026-01-01||+1d"}}}""", "1")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"lt":"2026-01-01T00:00:00+01:00"}}}""", "")]
    [InlineData("""{"range":{"sourceUpdatedAt":{"lt":"2026-01-01","time_zone":"-01:00"}}}""", "1")]
    [InlineData("""{"prefix":{"name.keyword":"FACT"}}""", "1")]
    [InlineData("""{"wildcard":{"qualifiedName":{"value":"other/order\\*?"}}}""", "4")]
    [InlineData("""{"regexp":{"qualifiedName":"shop/[oO]rders"}}""", "1 3")]
    [InlineData("""{"fuzzy":{"name":"ordres"}}""", "1 3 4")]
    [InlineData("""{"fuzzy":{"name":{"value":"oders","fuzziness":1,"prefix_length":1}}}""", "1 3")]
    [InlineData("""{"exists":{"field":"popularityScore"}}""", "3")]
    [InlineData("""{"ids":{"values":["00000004-0000-0000-0000-000000000001"]}}""", "4")]
    public void Queries_for_values(string query, string found) => string.Join(' ', DslDesk.Found(query).Split(' ').Order()).ShouldBe(string.Join(' ', found.Split(' ').Order()));

    [Theory]
    [InlineData("""{"match":{"name":"orders customers"}}""", "1 2 3")]
    [InlineData("""{"match":{"name":{"query":"ORDERS fact","operator":"AND"}}}""", "1")]
    [InlineData("""{"match":{"name":{"query":"orders of fact","minimum_should_match":2}}}""", "1 3")]
    [InlineData("""{"match":{"name":{"query":"fact orders","operator":"AND","minimum_should_match":1}}}""", "1")]
    [InlineData("""{"exists":{"field":"popularityScore.rank_feature"}}""", "3")]
    [InlineData("""{"match":{"name":{"query":"orders of fact","minimum_should_match":"2<75%"}}}""", "1 3")]
    [InlineData("""{"match":{"name":{"query":"ordrs","fuzziness":"AUTO"}}}""", "1 3")]
    [InlineData("""{"match":{"name":{"query":"of ordrs","fuzziness":"AUTO","operator":"and"}}}""", "3")]
    [InlineData("""{"match":{"certificateStatus":"VERIFIED"}}""", "1")]
    [InlineData("""{"match":{"rowCount":{"query":"many","lenient":true}}}""", "")]
    [InlineData("""{"match_phrase":{"name":"fact orders"}}""", "1")]
    [InlineData("""{"match_phrase":{"name":"orders fact"}}""", "")]
    [InlineData("""{"match_phrase_prefix":{"name":"orders o"}}""", "3")]
    [InlineData("""{"match_bool_prefix":{"name":{"query":"fact ord","operator":"and"}}}""", "1")]
    [InlineData("""{"multi_match":{"query":"shop/orders","fields":["name","qualifiedName^3"],"type":"phrase"}}""", "1")]
    [InlineData("""{"multi_match":{"query":"customers","fields":["name"],"type":"most_fields"}}""", "2")]
    public void Queries_for_words(string query, string found) => DslDesk.Found(query).ShouldBe(found);

    [Theory]
    [InlineData("""{"bool":{}}""", "1 2 3 4 5")]
    [InlineData("""{"bool":{"must_not":{"exists":{"field":"rowCount"}}}}""", "3 5")]
    [InlineData("""{"bool":{"should":[{"term":{"rowCount":10}},{"term":{"rowCount":20}}]}}""", "1 2")]
    [InlineData("""{"bool":{"should":[{"term":{"rowCount":10}}],"minimum_should_match":0}}""", "1")]
    [InlineData("""{"bool":{"should":[{"term":{"rowCount":10}}],"filter":[{"exists":{"field":"rowCount"}}]}}""", "1 2 4")]
    [InlineData("""{"bool":{"should":[{"term":{"rowCount":10}}],"must_not":[{"term":{"rowCount":20}}]}}""", "1")]
    [InlineData("""{"bool":{"filter":[{"exists":{"field":"rowCount"}}],"minimum_should_match":1}}""", "")]
    [InlineData("""{"bool":{"should":[{"term":{"rowCount":10}},{"exists":{"field":"rowCount"}}],"minimum_should_match":"100%"}}""", "1")]
    [InlineData("""{"constant_score":{"filter":{"term":{"rowCount":10}}}}""", "1")]
    [InlineData("""{"dis_max":{"queries":[{"term":{"rowCount":10}},{"term":{"rowCount":20}}]}}""", "1 2")]
    [InlineData("""{"boosting":{"positive":{"exists":{"field":"rowCount"}},"negative":{"term":{"rowCount":10}},"negative_boost":0.5}}""", "1 2 4")]
    [InlineData("""{"nested":{"path":"anything","query":{"bool":{"should":[{"term":{"rowCount":10}},{"term":{"rowCount":20}}]}},"score_more":"avg"}}""", "1 2")]
    [InlineData("""{"function_score":{"query":{"term":{"rowCount":10}},"field_value_factor":{"field":"popularityScore"}}}""", "1")]
    public void Queries_around_queries(string query, string found) => DslDesk.Found(query).ShouldBe(found);

    [Theory]
    [InlineData("name:orders", "1 3")]
    [InlineData("name:(fact AND orders)", "1")]
    [InlineData("fact OR customers", "1 2")]
    [InlineData("orders -fact", "3")]
    [InlineData("orders NOT fact", "3")]
    [InlineData("customers /fac./", "1 2")]
    [InlineData("of !customers", "3")]
    [InlineData("+orders +of", "3")]
    [InlineData("fact AND orders OR customers", "1")]
    [InlineData("\\\"orders of\\\"", "3")]
    [InlineData("ord*", "1 3 4")]
    [InlineData("o?der", "4")]
    [InlineData("ordes~1", "1 3 4")]
    [InlineData("rowCount:[10 TO 20]", "1 2")]
    [InlineData("rowCount:{10 TO 20]", "2")]
    [InlineData("rowCount:>10", "2")]
    [InlineData("rowCount:<=10", "1 4")]
    [InlineData("_exists_:popularityScore", "3")]
    [InlineData("rowCount:*", "1 2 4")]
    [InlineData("*:*", "1 2 3 4 5")]
    [InlineData("*", "1 2 3 4 5")]
    [InlineData("qualifiedName:/shop.[oO]rders/", "1 3")]
    [InlineData("qualifiedName:shop\\\\/orders", "1")]
    [InlineData("certificateStatus:VERIFIED^2 certificateStatus:DRAFT", "1 2")]
    [InlineData("(fact customers) AND NOT dim", "1")]
    public void Texts_of_queries(string text, string found) =>
        DslDesk.Found($$$"""{"query_string":{"query":"{{{text}}}","fields":["name"]}}""").ShouldBe(found);

    [Theory]
    [InlineData("fact customers", "1 2")]
    [InlineData("fact + orders", "1")]
    [InlineData("fact | customers", "1 2")]
    [InlineData("orders + -fact", "3")]
    [InlineData("\\\"fact orders\\\"", "1")]
    [InlineData("cust*", "2")]
    [InlineData("(fact | of) + orders", "1 3")]
    [InlineData("ordrs~1", "1 3")]
    [InlineData(") + | \\\"", "")]
    [InlineData("*", "1 2 3 4 5")]
    public void Simple_texts_of_queries(string text, string found) =>
        DslDesk.Found($$$"""{"simple_query_string":{"query":"{{{text}}}","fields":["name"]}}""").ShouldBe(found);

    [Theory]
    [InlineData("\"name.keyword\"", "2 1 5 4 3")]
    [InlineData("{\"name.keyword\":\"desc\"}", "3 4 5 1 2")]
    [InlineData("[{\"rowCount\":{\"order\":\"desc\"}}]", "2 1 4 3 5")]
    [InlineData("[{\"rowCount\":{\"order\":\"desc\",\"missing\":\"_first\"}}]", "3 5 2 1 4")]
    [InlineData("[{\"__state\":\"asc\",\"rowCount\":\"asc\"},\"_score\"]", "4 1 2 5 3")]
    [InlineData("[{\"unheardOf\":{\"unmapped_type\":\"long\"}},{\"__guid\":\"desc\"}]", "5 4 3 2 1")]
    [InlineData("[\"_doc\"]", "1 2 3 4 5")]
    public void Orders(string sort, string listed) => DslDesk.Listed($$"""{"sort":{{sort}}}""").ShouldBe(listed);

    [Fact]
    public void A_page_and_what_is_filtered_after()
    {
        DslDesk.Listed("""{"sort":"rowCount","from":1,"size":2}""").ShouldBe("1 2");
        DslDesk.Listed("""{"sort":"rowCount","size":2,"search_after":[10]}""").ShouldBe("2 3");
        DslDesk.Listed("""{"sort":["rowCount","__guid"],"size":2,"search_after":[null,"00000003-0000-0000-0000-000000000001"]}""").ShouldBe("5");
        DslDesk.Listed("""{"sort":"__guid","post_filter":{"term":{"__state":"DELETED"}}}""").ShouldBe("3");
    }

    [Fact]
    public void A_search_says_little_by_default()
    {
        var request = DslDesk.Read("{}").Request;

        request.Expression.ShouldBeOfType<SearchExpression.Everything>();
        (request.From, request.Size).ShouldBe((0, 10));
        request.Sort.ShouldBeEmpty();
        request.Aggregations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("3", 5, 3)]
    [InlineData("-1", 5, 4)]
    [InlineData("-9", 5, 0)]
    [InlineData("75%", 5, 3)]
    [InlineData("-25%", 5, 4)]
    [InlineData("2<75%", 2, 2)]
    [InlineData("2<75%", 4, 3)]
    [InlineData("2<-25% 9<-3", 4, 3)]
    [InlineData("2<-25% 9<-3", 12, 9)]
    [InlineData("many", 4, null)]
    [InlineData("101%", 4, null)]
    public void How_many_alternatives_must_match(string spec, int count, int? expected)
    {
        using var json = System.Text.Json.JsonDocument.Parse($"\"{spec}\"");

        MinimumShouldMatch.Of(json.RootElement, count).ShouldBe(expected);
    }
}
