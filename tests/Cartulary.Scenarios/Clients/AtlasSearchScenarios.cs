using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>The searches that Apache Atlas's Python client sends, as it sends them, and what it needs back.</summary>
public sealed class AtlasSearchScenarios : IDisposable
{
    private const string Root = "/api/atlas/v2/search";

    private readonly WireClient _client;
    private readonly string _own;

    public AtlasSearchScenarios(CatalogServer server)
    {
        _client = WireClient.OfApacheAtlas(server);
        _own = server.NewCatalog().Scenario.Replace('-', '_');
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Assets_are_found_by_type_and_words()
    {
        await HaveAsync();

        var answer = await _client.AskAsync("GET", $"{Root}/basic?typeName=Table&query=qualifiedName%3A{_own}*&excludeDeletedEntities=True&limit=-1&offset=0&sortBy=name&sortOrder=DESCENDING");
        var byWord = await _client.AskAsync("GET", $"{Root}/fulltext?query=sold%20AND%20qualifiedName%3A{_own}*&excludeDeletedEntities=True&limit=-1&offset=0");

        Names(answer).ShouldBe(["orders", "customers"]);
        answer.GetProperty("queryType").GetString().ShouldBe("BASIC");
        answer.GetProperty("approximateCount").GetInt32().ShouldBe(2);
        Names(byWord).ShouldBe(["orders"]);
        byWord.GetProperty("fullTextResult")[0].GetProperty("entity").GetProperty("attributes").GetProperty("name").GetString().ShouldBe("orders");
    }

    [Fact]
    public async Task Assets_are_found_by_conditions()
    {
        await HaveAsync();

        var answer = await _client.AskAsync("POST", $"{Root}/basic", $$$"""{"query": null, "typeName": "Asset", "classification": null, "termName": null, "sortBy": "name", "sortOrder": "ASCENDING", "excludeDeletedEntities": true, "includeClassificationAttributes": false, "includeSubTypes": true, "includeSubClassifications": true, "limit": 2, "offset": 0, "entityFilters": {"condition": "AND", "criterion": [{"attributeName": "qualifiedName", "operator": "startsWith", "attributeValue": "{{{_own}}}"}, {"attributeName": "rowCount", "operator": "gte", "attributeValue": "1"}]}, "tagFilters": null, "attributes": ["rowCount"]}""");
        var refused = await _client.SendAsync("POST", $"{Root}/basic", """{"typeName": "Table", "relationshipFilters": {"condition": "AND", "criterion": [{"attributeName": "a", "operator": "eq", "attributeValue": "b"}]}}""");

        Names(answer).ShouldBe(["customers", "orders"]);
        answer.GetProperty("approximateCount").GetInt32().ShouldBe(2);
        answer.GetProperty("entities")[0].GetProperty("attributes").GetProperty("rowCount").GetInt32().ShouldBe(1);
        refused.Status.ShouldBe(400);
        refused.Body.GetProperty("errorMessage").GetString()!.ShouldContain("relationshipFilters");
    }

    [Fact]
    public async Task Assets_are_found_by_conditions_on_a_classification()
    {
        await _client.AskAsync("POST", "/api/atlas/v2/types/typedefs/", $$"""
            {"classificationDefs": [
              {"name": "Base_{{_own}}", "attributeDefs": [{"name": "level", "typeName": "int", "isOptional": true}, {"name": "why", "typeName": "array<string>", "isOptional": true}]},
              {"name": "Sub_{{_own}}", "superTypes": ["Base_{{_own}}"]}]}
            """);
        foreach (var (name, tag, level) in new[] { ("one", "Base", 1), ("two", "Sub", 2), ("three", "Base", 3) })
        {
            await _client.AskAsync("POST", "/api/atlas/v2/entity/bulk/", $$$$"""{"entities": [{"typeName": "Table", "attributes": {"name": "{{{{name}}}}", "qualifiedName": "{{{{_own}}}}_{{{{name}}}}"}, "classifications": [{"typeName": "{{{{tag}}}}_{{{{_own}}}}", "attributes": {"level": {{{{level}}}}, "why": ["law", "{{{{name}}}}"]}}]}]}""");
        }

        (await FoundAsync("Base", """{"attributeName": "level", "operator": "gte", "attributeValue": "2"}""")).ShouldBe(["three", "two"]);
        (await FoundAsync("Sub", """{"attributeName": "level", "operator": "gte", "attributeValue": "1"}""")).ShouldBe(["two"]);
        (await FoundAsync("Base", """{"condition": "AND", "criterion": [{"attributeName": "why", "operator": "eq", "attributeValue": "law"}, {"attributeName": "level", "operator": "neq", "attributeValue": "1"}]}""")).ShouldBe(["three", "two"]);
        (await FoundAsync("Base", """{"attributeName": "why", "operator": "startsWith", "attributeValue": "o"}""")).ShouldBe(["one"]);
        (await SendAsync($"\"Base_{_own}\"", """{"attributeName": "none", "operator": "eq", "attributeValue": "1"}""")).Status.ShouldBe(400);
        (await SendAsync("null", """{"attributeName": "level", "operator": "eq", "attributeValue": "1"}""")).Status.ShouldBe(400);
        (await SendAsync("\"*\"", """{"attributeName": "level", "operator": "eq", "attributeValue": "1"}""")).Status.ShouldBe(400);

        async Task<List<string?>> FoundAsync(string tag, string filter) => Names((await SendAsync($"\"{tag}_{_own}\"", filter)).Success());

        Task<Driving.HttpReply> SendAsync(string tag, string filter) => _client.SendAsync(
            "POST", $"{Root}/basic", $$"""{"query": null, "typeName": "Table", "classification": {{tag}}, "sortBy": "name", "sortOrder": "ASCENDING", "limit": 10, "offset": 0, "entityFilters": null, "tagFilters": {{filter}}}""");
    }

    [Fact]
    public async Task Assets_are_found_by_a_query_in_the_server_s_language()
    {
        await HaveAsync();
        var query = Uri.EscapeDataString($"from Table where qualifiedName like \"{_own}*\" and rowCount >= 2 orderby name limit 10");
        var rows = Uri.EscapeDataString($"Table where qualifiedName like \"{_own}*\" select name, rowCount as rows orderby rowCount");

        var answer = await _client.AskAsync("GET", $"{Root}/dsl?query={query}&limit=-1&offset=0");
        var table = await _client.AskAsync("GET", $"{Root}/dsl?query={rows}&limit=-1&offset=0");
        var refused = await _client.SendAsync("GET", $"{Root}/dsl?query=Table%20groupby%20name&limit=-1&offset=0");

        Names(answer).ShouldBe(["orders"]);
        table.GetProperty("attributes").GetRawText().ShouldBe("""{"name":["name","rows"],"values":[["customers",1],["orders",2]]}""");
        refused.Status.ShouldBe(400);
    }

    [Fact]
    public async Task Assets_are_found_by_the_beginning_of_a_value_and_by_a_relationship()
    {
        var guid = await HaveAsync();

        var byPrefix = await _client.AskAsync("GET", $"{Root}/attribute?attrName=qualifiedName&attrValuePrefix={_own}%2Fo&typeName=Table&limit=-1&offset=0");
        var related = await _client.AskAsync("GET", $"{Root}/relationship?guid={guid}&relation=columns&sortBy=name&sortOrder=ASCENDING&excludeDeletedEntities=True&limit=-1&offset=0");

        Names(byPrefix).ShouldBe(["orders"]);
        Names(related).ShouldBe(["amount", "id"]);
        related.GetProperty("approximateCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_quick_search_counts_by_type_and_values_are_suggested()
    {
        await HaveAsync();

        var quick = await _client.AskAsync("GET", $"{Root}/quick?query=qualifiedName%3A{_own}*&excludeDeletedEntities=True&limit=1&offset=0");
        var body = await _client.AskAsync("POST", $"{Root}/quick", $$"""{"query": "qualifiedName:{{_own}}*", "limit": 1, "offset": 0}""");
        var suggestions = await _client.AskAsync("GET", $"{Root}/suggestions?prefixString={_own}%2Forders&fieldName=qualifiedName");

        quick.GetProperty("searchResults").GetProperty("approximateCount").GetInt32().ShouldBe(4);
        quick.GetProperty("aggregationMetrics").GetProperty("__typeName").EnumerateArray().Select(count => $"{count.GetProperty("name").GetString()} {count.GetProperty("count").GetInt32()}")
            .ShouldBe(["Column 2", "Table 2"]);
        body.GetProperty("aggregationMetrics").GetRawText().ShouldBe(quick.GetProperty("aggregationMetrics").GetRawText());
        suggestions.GetProperty("suggestions").EnumerateArray().Select(one => one.GetString()).Order().ShouldBe([$"{_own}/orders", $"{_own}/orders/amount", $"{_own}/orders/id"]);
    }

    private async Task<string> HaveAsync()
    {
        var saved = await _client.AskAsync(
            "POST",
            "/api/atlas/v2/entity/bulk/",
            $$$$"""
            {"referredEntities": null, "entities": [
              {"typeName": "Table", "guid": "-1", "attributes": {"name": "orders", "qualifiedName": "{{{{_own}}}}/orders", "description": "All that was sold", "rowCount": 2}},
              {"typeName": "Table", "guid": "-2", "attributes": {"name": "customers", "qualifiedName": "{{{{_own}}}}/customers", "rowCount": 1}},
              {"typeName": "Column", "guid": "-3", "attributes": {"name": "id", "qualifiedName": "{{{{_own}}}}/orders/id"}, "relationshipAttributes": {"table": {"typeName": "Table", "guid": "-1"}}},
              {"typeName": "Column", "guid": "-4", "attributes": {"name": "amount", "qualifiedName": "{{{{_own}}}}/orders/amount"}, "relationshipAttributes": {"table": {"typeName": "Table", "guid": "-1"}}}]}
            """);
        return saved.GetProperty("guidAssignments").GetProperty("-1").GetString()!;
    }

    private static List<string?> Names(JsonElement answer) => answer.TryGetProperty("entities", out var entities)
        ? [.. entities.EnumerateArray().Select(entity => entity.GetProperty("attributes").GetProperty("name").GetString())]
        : [];
}
