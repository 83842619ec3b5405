using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>The searches that Atlan's Python client sends, as it sends them, and what it needs back.</summary>
public sealed class AtlanSearchScenarios : IDisposable
{
    private const string Bulk = "/api/meta/entity/bulk/?replaceTags=false&appendTags=false&replaceBusinessAttributes=false&overwriteBusinessAttributes=false";
    private const string Search = "/api/meta/search/indexsearch";
    private const string Metadata = "\"requestMetadata\": {\"saveSearchLog\": false, \"utmTags\": [\"project_sdk_python\"]}";

    private readonly WireClient _client;
    private readonly string _own;
    private readonly string _connection;

    public AtlanSearchScenarios(CatalogServer server)
    {
        _client = WireClient.OfAtlan(server);
        _own = server.NewCatalog().Scenario;
        _connection = $"default/snowflake/{_own}";
    }

    private string Table => $"{_connection}/shop/public/orders";

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_glossary_and_its_terms_and_categories_are_found_by_name()
    {
        var saved = await _client.AskAsync("POST", Bulk, $$$"""{"entities": [{"typeName": "AtlasGlossary", "guid": "-1", "attributes": {"name": "Business {{{_own}}}", "qualifiedName": "-1"}}]}""");
        var glossary = saved.GetProperty("guidAssignments").GetProperty("-1").GetString()!;
        await _client.AskAsync("POST", Bulk, $$$$"""{"entities": [{"typeName": "AtlasGlossaryCategory", "guid": "-2", "attributes": {"name": "Sales", "qualifiedName": "-2", "anchor": {"typeName": "AtlasGlossary", "guid": "{{{{glossary}}}}"}}}, {"typeName": "AtlasGlossaryCategory", "guid": "-3", "attributes": {"name": "Retail", "qualifiedName": "-3", "anchor": {"typeName": "AtlasGlossary", "guid": "{{{{glossary}}}}"}, "parentCategory": {"typeName": "AtlasGlossaryCategory", "guid": "-2"}}}, {"typeName": "AtlasGlossaryTerm", "guid": "-4", "attributes": {"name": "Revenue", "qualifiedName": "-4", "anchor": {"typeName": "AtlasGlossary", "guid": "{{{{glossary}}}}"}, "categories": [{"typeName": "AtlasGlossaryCategory", "guid": "-3"}]}}]}""");

        var found = Single(await AskAsync($$$$"""{"bool": {"filter": [{"term": {"__state": {"value": "ACTIVE"}}}, {"term": {"__typeName.keyword": {"value": "AtlasGlossary"}}}, {"term": {"name.keyword": {"value": "Business {{{{_own}}}}"}}}]}}""", relations: "\"name\""));
        var name = found.GetProperty("attributes").GetProperty("qualifiedName").GetString();
        var term = Single(await AskAsync($$$$"""{"bool": {"filter": [{"term": {"__state": {"value": "ACTIVE"}}}, {"term": {"__typeName.keyword": {"value": "AtlasGlossaryTerm"}}}, {"term": {"name.keyword": {"value": "Revenue"}}}, {"term": {"__glossary": {"value": "{{{{name}}}}"}}}]}}""", "\"anchor\", \"categories\"", "\"name\""));
        var categories = await AskAsync($$$$"""{"bool": {"filter": [{"term": {"__state": {"value": "ACTIVE", "case_insensitive": false}}}, {"term": {"__typeName.keyword": {"value": "AtlasGlossaryCategory", "case_insensitive": false}}}, {"term": {"__glossary": {"value": "{{{{name}}}}", "case_insensitive": false}}}]}}""", "\"parentCategory\"", sort: """{"name.keyword": {"order": "asc"}}""");

        found.GetProperty("guid").GetString().ShouldBe(glossary);
        Named(term.GetProperty("attributes").GetProperty("anchor")).ShouldBe($"Business {_own}");
        term.GetProperty("attributes").GetProperty("anchor").GetProperty("guid").GetString().ShouldBe(glossary);
        Named(term.GetProperty("attributes").GetProperty("categories")[0]).ShouldBe("Retail");
        Names(categories).ShouldBe(["Retail", "Sales"]);
        Entities(categories)[0].GetProperty("attributes").GetProperty("parentCategory").GetProperty("guid").GetString().ShouldBe(Entities(categories)[1].GetProperty("guid").GetString());
        Entities(categories)[1].GetProperty("attributes").TryGetProperty("parentCategory", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_is_found_by_name_and_type_whatever_their_case()
    {
        await HaveTreeAsync();

        var found = Single(await AskAsync($$$$"""{"bool": {"filter": [{"term": {"__state": {"value": "ACTIVE"}}}, {"term": {"__typeName.keyword": {"value": "CONNECTION"}}}, {"term": {"name.keyword": {"value": "Shop {{{{_own}}}}"}}}, {"term": {"connectorName": {"value": "snowflake"}}}]}}""", "\"connectorName\", \"adminRoles\""));

        found.GetProperty("typeName").GetString().ShouldBe("Connection");
        found.GetProperty("attributes").GetProperty("connectorName").GetString().ShouldBe("snowflake");
        found.GetProperty("attributes").GetProperty("adminRoles")[0].GetString().ShouldBe("a-role");
    }

    [Fact]
    public async Task A_batch_finds_what_exists_by_qualified_names()
    {
        await HaveTreeAsync();

        var found = await AskAsync($$$$"""{"bool": {"filter": [{"terms": {"qualifiedName": ["{{{{Table}}}}", "{{{{Table}}}}/id", "{{{{Table}}}}/other"]}}, {"term": {"__superTypeNames.keyword": {"value": "Asset", "case_insensitive": false}}}]}}""", "\"name\"");
        var inAnyCase = await AskAsync($$$$"""{"bool": {"should": [{"term": {"qualifiedName": {"value": "{{{{Table.ToUpperInvariant()}}}}", "case_insensitive": true}}}], "filter": [{"term": {"__superTypeNames.keyword": {"value": "Asset", "case_insensitive": false}}}], "minimum_should_match": 1}}""", "\"name\"");

        Names(found).Order().ShouldBe(["id", "orders"]);
        Names(inAnyCase).ShouldBe(["orders"]);
    }

    [Fact]
    public async Task An_asset_is_read_by_search_with_its_relations()
    {
        await HaveTreeAsync();

        var found = Single(await AskAsync($$$$"""{"bool": {"filter": [{"term": {"qualifiedName": {"value": "{{{{Table}}}}", "case_insensitive": false}}}, {"term": {"__typeName.keyword": {"value": "Table", "case_insensitive": false}}}]}}""", "\"columns\", \"atlanSchema\", \"description\"", "\"name\", \"qualifiedName\""));

        var attributes = found.GetProperty("attributes");
        Named(attributes.GetProperty("atlanSchema")).ShouldBe("public");
        attributes.GetProperty("atlanSchema").GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe($"{_connection}/shop/public");
        attributes.GetProperty("columns").EnumerateArray().Select(Named).ShouldBe(["id"]);
        attributes.GetProperty("columns")[0].GetProperty("typeName").GetString().ShouldBe("Column");
        attributes.TryGetProperty("description", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task All_assets_are_walked_by_pages_and_by_times_of_creation()
    {
        await HaveTreeAsync();
        const string ByTime = """{"__timestamp": {"order": "asc"}}, {"__guid": {"order": "asc"}}""";
        string Query(string more) => $$$$"""{"bool": {"must": [{"term": {"__superTypeNames.keyword": {"value": "Referenceable", "case_insensitive": false}}}], "filter": [{"prefix": {"qualifiedName": {"value": "{{{{_connection}}}}", "case_insensitive": false}}}, {"term": {"__superTypeNames.keyword": {"value": "Referenceable"}}}{{{{more}}}}]}}""";

        var whole = Entities(await AskAsync(Query(""), sort: ByTime)).Select(Guid).ToList();
        var paged = new List<string>();
        for (var from = 0; ; from += 2)
        {
            var page = await AskAsync(Query(""), sort: ByTime, from: from, size: 2);
            page.GetProperty("approximateCount").GetInt32().ShouldBe(5);
            if (!page.TryGetProperty("entities", out _))
            {
                break;
            }

            paged.AddRange(Entities(page).Select(Guid));
        }

        whole.Count.ShouldBe(5);
        paged.ShouldBe(whole);
        var created = Entities(await AskAsync(Query(""), sort: ByTime))[0].GetProperty("createTime").GetInt64();
        var later = await AskAsync(Query($$$$""", {"range": {"__timestamp": {"gte": {{{{created}}}}}}}"""), sort: ByTime);
        Entities(later).Select(Guid).ShouldBe(whole);
    }

    [Fact]
    public async Task Buckets_are_counted_with_a_sample_of_each()
    {
        await HaveTreeAsync();

        var answer = await AskAsync(
            $$$$"""{"bool": {"filter": [{"term": {"__state": {"value": "ACTIVE", "case_insensitive": false}}}, {"prefix": {"qualifiedName": {"value": "{{{{_connection}}}}", "case_insensitive": false}}}]}}""",
            size: 0,
            aggregations: """{"types": {"terms": {"field": "__typeName.keyword", "size": 50}, "aggregations": {"sourceValue": {"top_hits": {"size": 1, "_source": {"includes": ["typeName"]}}}}}, "last": {"max": {"field": "__modificationTimestamp"}}, "none": {"avg": {"field": "sourceTotalCost"}}}""");

        answer.GetProperty("approximateCount").GetInt32().ShouldBe(5);
        var types = answer.GetProperty("aggregations").GetProperty("types");
        types.GetProperty("doc_count_error_upper_bound").GetInt32().ShouldBe(0);
        types.GetProperty("sum_other_doc_count").GetInt32().ShouldBe(0);
        types.GetProperty("buckets").EnumerateArray().Select(bucket => $"{bucket.GetProperty("key").GetString()} {bucket.GetProperty("doc_count").GetInt32()}")
            .ShouldBe(["column 1", "connection 1", "database 1", "schema 1", "table 1"]);
        types.GetProperty("buckets")[1].GetProperty("sourceValue").GetProperty("hits").GetProperty("hits")[0].GetProperty("_source").GetProperty("typeName").GetString().ShouldBe("Connection");
        answer.GetProperty("aggregations").GetProperty("last").GetProperty("value").GetDouble().ShouldBeGreaterThan(1.7e12);
        answer.GetProperty("aggregations").GetProperty("none").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Assets_are_found_by_tag_and_by_custom_metadata()
    {
        await HaveTreeAsync();
        var tag = (await _client.AskAsync("POST", "/api/meta/types/typedefs/", $$"""{"enumDefs": [], "structDefs": [], "classificationDefs": [{"category": "CLASSIFICATION", "name": "PII {{_own}}", "displayName": "PII {{_own}}", "options": {"color": "GREEN"}, "skipDisplayNameUniquenessCheck": false}], "entityDefs": [], "relationshipDefs": [], "businessMetadataDefs": []}"""))
            .GetProperty("classificationDefs")[0].GetProperty("name").GetString()!;
        var set = (await _client.AskAsync("POST", "/api/meta/types/typedefs/", $$$"""{"enumDefs": [], "structDefs": [], "classificationDefs": [], "entityDefs": [], "relationshipDefs": [], "businessMetadataDefs": [{"category": "BUSINESS_METADATA", "name": "RACI {{{_own}}}", "displayName": "RACI {{{_own}}}", "attributeDefs": [{"name": "", "displayName": "Accountable", "typeName": "string", "isNew": true, "cardinality": "SINGLE", "isOptional": true, "options": {"customMetadataVersion": "v2", "primitiveType": "string", "applicableEntityTypes": "[\"Asset\"]"}}]}]}"""))
            .GetProperty("businessMetadataDefs")[0];
        var (setId, attributeId) = (set.GetProperty("name").GetString()!, set.GetProperty("attributeDefs")[0].GetProperty("name").GetString()!);
        await _client.AskAsync("POST", "/api/meta/entity/bulk/?replaceTags=false&appendTags=true&replaceBusinessAttributes=true&overwriteBusinessAttributes=false", $$$$"""{"entities": [{"typeName": "Table", "attributes": {"name": "orders", "qualifiedName": "{{{{Table}}}}"}, "addOrUpdateClassifications": [{"typeName": "{{{{tag}}}}", "propagate": false}], "businessAttributes": {"{{{{setId}}}}": {"{{{{attributeId}}}}": "Jo"}}}]}""");

        var tagged = Single(await AskAsync($$$"""{"bool": {"should": [{"terms": {"__traitNames": ["{{{tag}}}"]}}, {"terms": {"__propagatedTraitNames": ["{{{tag}}}"]}}], "minimum_should_match": 1}}"""));
        var described = Single(await AskAsync($$$$"""{"bool": {"filter": [{"term": {"{{{{attributeId}}}}": {"value": "Jo", "case_insensitive": false}}}, {"exists": {"field": "{{{{attributeId}}}}"}}]}}""", $"\"{setId}.{attributeId}\""));

        tagged.GetProperty("classificationNames")[0].GetString().ShouldBe(tag);
        tagged.GetProperty("classifications")[0].GetProperty("typeName").GetString().ShouldBe(tag);
        described.GetProperty("attributes").GetProperty($"{setId}.{attributeId}").GetString().ShouldBe("Jo");
    }

    [Fact]
    public async Task Assets_are_found_by_the_value_of_a_source_s_tag()
    {
        await HaveTreeAsync();
        var made = (await _client.AskAsync("POST", "/api/meta/types/typedefs/", $$"""{"enumDefs": [], "structDefs": [], "classificationDefs": [{"category": "CLASSIFICATION", "name": "Class {{_own}}", "displayName": "Class {{_own}}", "attributeDefs": [{"name": "", "displayName": "sourceTagAttachment", "typeName": "array<SourceTagAttachment>", "isOptional": true, "cardinality": "LIST"}], "options": {"color": "GREEN"}, "skipDisplayNameUniquenessCheck": false}], "entityDefs": [], "relationshipDefs": [], "businessMetadataDefs": []}"""))
            .GetProperty("classificationDefs")[0];
        var (tag, attribute) = (made.GetProperty("name").GetString()!, made.GetProperty("attributeDefs")[0].GetProperty("name").GetString()!);
        var source = $"{_connection}/shop/public/CLASS";
        await _client.AskAsync("POST", "/api/meta/entity/bulk/?replaceTags=false&appendTags=true&replaceBusinessAttributes=false&overwriteBusinessAttributes=false", $$$$$"""{"entities": [{"typeName": "Table", "attributes": {"name": "orders", "qualifiedName": "{{{{{Table}}}}}"}, "addOrUpdateClassifications": [{"typeName": "{{{{{tag}}}}}", "propagate": false, "attributes": {"{{{{{attribute}}}}}": [{"typeName": "SourceTagAttachment", "attributes": {"sourceTagName": "CLASS", "sourceTagQualifiedName": "{{{{{source}}}}}", "sourceTagGuid": "1", "sourceTagConnectorName": "snowflake", "sourceTagValue": [{"typeName": "SourceTagAttachmentValue", "attributes": {"tagAttachmentValue": "Not Personal"}}], "isSourceTagSynced": true}}]}}], "businessAttributes": null}]}""");

        (await FoundAsync("Not Personal", source)).ShouldBe(1);
        (await FoundAsync("Personal", source)).ShouldBe(0);
        (await FoundAsync("not personal", source)).ShouldBe(0);
        (await FoundAsync("Not Personal", source + "X")).ShouldBe(0);

        async Task<int> FoundAsync(string value, string from)
        {
            string Word(string word) => $$$$"""{"span_term": {"__classificationsText.text": {"value": "{{{{word}}}}"}}}""";
            string Near(int slop, params IEnumerable<string> words) => $$$"""{"span_near": {"clauses": [{{{string.Join(", ", words.Select(Word))}}}], "slop": {{{slop}}}, "in_order": true}}""";
            var answer = await AskAsync($$$$"""{"bool": {"filter": [{"span_within": {"little": {{{{Near(0, ["tagAttachmentValue", .. value.Split(' '), "tagAttachmentKey"])}}}}, "big": {{{{Near(10000000, tag, from)}}}}}}], "should": [{"term": {"__traitNames": {"value": "{{{{tag}}}}", "case_insensitive": false}}}, {"term": {"__propagatedTraitNames": {"value": "{{{{tag}}}}", "case_insensitive": false}}}], "minimum_should_match": 1}}""");
            return answer.GetProperty("approximateCount").GetInt32();
        }
    }

    [Fact]
    public async Task A_handler_of_events_finds_the_asset_as_it_is()
    {
        await HaveTreeAsync();
        await _client.AskAsync("POST", Bulk, $$$"""{"entities": [{"typeName": "Table", "attributes": {"name": "orders", "qualifiedName": "{{{Table}}}", "description": "now"}}]}""");

        var answer = await _client.AskAsync("POST", Search, $$$$"""{"dsl": {"from": 0, "size": 2, "aggregations": {}, "track_total_hits": true, "query": {"bool": {"must": [{"term": {"__state": {"value": "ACTIVE"}}}, {"term": {"__typeName.keyword": {"value": "Table"}}}, {"term": {"qualifiedName": {"value": "{{{{Table}}}}"}}}]}}, "sort": [{"__guid": {"order": "asc"}}]}, "attributes": ["name", "anchor", "awsArn", "description"], "relationAttributes": ["guid"], "excludeMeanings": true, "excludeClassifications": true, {{{{Metadata}}}}}""");

        var found = Single(answer);
        found.GetProperty("attributes").GetProperty("description").GetString().ShouldBe("now");
        found.TryGetProperty("meanings", out _).ShouldBeFalse();
        found.TryGetProperty("classifications", out _).ShouldBeFalse();
        found.TryGetProperty("classificationNames", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_log_of_searches_is_empty()
    {
        var log = await _client.AskAsync("POST", "/api/meta/search/searchlog", """{"dsl": {"from": 0, "size": 10, "query": {"match_all": {}}}}""");

        log.GetRawText().ShouldBe("""{"approximateCount":0,"logs":[],"aggregations":{}}""");
    }

    private Task<JsonElement> AskAsync(
        string query, string attributes = "", string relations = "", string sort = """{"__guid": {"order": "asc"}}""", int from = 0, int size = 300, string aggregations = "{}") => _client.AskAsync(
        "POST",
        Search,
        $$$"""{"dsl": {"from": {{{from}}}, "size": {{{size}}}, "aggregations": {{{aggregations}}}, "track_total_hits": true, "query": {{{query}}}, "sort": [{{{sort}}}]}, "attributes": [{{{attributes}}}], "relationAttributes": [{{{relations}}}], {{{Metadata}}}}""");

    private Task<JsonElement> HaveTreeAsync() => _client.AskAsync(
        "POST",
        Bulk,
        $$"""
        {"entities": [
          {"typeName": "Connection", "attributes": {"name": "Shop {{_own}}", "qualifiedName": "{{_connection}}", "connectorName": "snowflake", "category": "warehouse", "adminRoles": ["a-role"]}, "guid": "-1"},
          {{Asset("Database", "shop", $"{_connection}/shop", "")}},
          {{Asset("Schema", "public", $"{_connection}/shop/public", Reference("database", "Database", $"{_connection}/shop"))}},
          {{Asset("Table", "orders", Table, Reference("atlanSchema", "Schema", $"{_connection}/shop/public"))}},
          {{Asset("Column", "id", $"{Table}/id", Reference("table", "Table", Table) + ", \"order\": 1")}}]}
        """);

    private string Asset(string typeName, string name, string qualifiedName, string more) =>
        $$$"""{"typeName": "{{{typeName}}}", "attributes": {"name": "{{{name}}}", "qualifiedName": "{{{qualifiedName}}}", "connectorName": "snowflake", "connectionQualifiedName": "{{{_connection}}}"{{{more}}}}}""";

    private static string Reference(string end, string typeName, string qualifiedName) =>
        $$$""", "{{{end}}}": {"typeName": "{{{typeName}}}", "attributes": {}, "uniqueAttributes": {"qualifiedName": "{{{qualifiedName}}}"}}""";

    private static List<JsonElement> Entities(JsonElement answer) => [.. answer.GetProperty("entities").EnumerateArray()];

    private static JsonElement Single(JsonElement answer)
    {
        answer.GetProperty("approximateCount").GetInt32().ShouldBe(1, answer.GetRawText());
        return Entities(answer).ShouldHaveSingleItem();
    }

    private static List<string?> Names(JsonElement answer) => [.. Entities(answer).Select(Named)];

    private static string? Named(JsonElement asset) => asset.GetProperty("attributes").GetProperty("name").GetString();

    private static string Guid(JsonElement asset) => asset.GetProperty("guid").GetString()!;
}
