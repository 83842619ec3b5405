using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>Tags, custom metadata, terms, purging and the audit, as Atlan's Python client asks for them.</summary>
public sealed class AtlanFacetScenarios : IDisposable
{
    private const string Audit = "/api/meta/entity/auditSearch";

    private static readonly string[] Allowed =
    [
        "ENTITY_CREATE", "ENTITY_UPDATE", "ENTITY_DELETE", "ENTITY_IMPORT_CREATE", "ENTITY_IMPORT_UPDATE", "ENTITY_IMPORT_DELETE", "BUSINESS_ATTRIBUTE_UPDATE",
        "CLASSIFICATION_ADD", "CLASSIFICATION_DELETE", "CLASSIFICATION_UPDATE", "PROPAGATED_CLASSIFICATION_ADD", "PROPAGATED_CLASSIFICATION_DELETE",
        "PROPAGATED_CLASSIFICATION_UPDATE", "TERM_ADD", "TERM_DELETE",
    ];

    private readonly WireClient _client;
    private readonly AtlanSteps _steps;
    private readonly string _scenario;

    public AtlanFacetScenarios(CatalogServer server)
    {
        _client = WireClient.OfAtlan(server);
        _scenario = server.NewCatalog().Scenario;
        _steps = new AtlanSteps(_client, _scenario);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_tag_is_made_given_changed_and_taken()
    {
        var tag = await _steps.HaveTagAsync($"Personal {_scenario}");
        var guid = await _steps.HaveTableAsync();

        var given = await _client.AskAsync("POST", AtlanSteps.Append, _steps.Saying(new JsonObject { ["addOrUpdateClassifications"] = Tags(tag, "false") }));
        var changed = await _client.AskAsync("POST", AtlanSteps.Append, _steps.Saying(new JsonObject { ["addOrUpdateClassifications"] = Tags(tag, "true") }));
        var read = await _steps.ReadAsync(guid);
        var taken = await _client.AskAsync("POST", AtlanSteps.Append, _steps.Saying(new JsonObject { ["removeClassifications"] = new JsonArray(new JsonObject { ["typeName"] = tag }) }));

        foreach (var answer in new[] { given, changed, taken })
        {
            answer.GetProperty("mutatedEntities").GetProperty("UPDATE")[0].GetProperty("guid").GetString().ShouldBe(guid);
        }

        read.GetProperty("classifications")[0].GetProperty("typeName").GetString().ShouldBe(tag);
        read.GetProperty("classifications")[0].GetProperty("restrictPropagationThroughLineage").GetBoolean().ShouldBeTrue();
        (await _steps.ReadAsync(guid)).TryGetProperty("classifications", out var left).ShouldBe(left.ValueKind == JsonValueKind.Array && left.GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_tag_that_is_removed_is_gone_at_once()
    {
        var tag = await _steps.HaveTagAsync($"Old {_scenario}");

        var removed = await _client.SendAsync("DELETE", $"/api/meta/types/typedef/name/{tag}");

        AtlanSteps.ShouldBeEmpty(removed);
        (await _client.AskAsync("GET", $"{AtlanSteps.Typedefs}?type=CLASSIFICATION&type=STRUCT")).GetRawText().ShouldNotContain(tag);
        (await _client.SendAsync("GET", $"/api/meta/types/typedef/name/{tag}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Custom_metadata_is_made_set_replaced_and_removed()
    {
        var (set, attribute) = await _steps.HaveSetAsync($"Care {_scenario}");
        var guid = await _steps.HaveTableAsync();
        var path = $"/api/meta/entity/guid/{guid}/businessmetadata/{set}";

        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", path, $"{{\"{attribute}\":\"finance\"}}"));
        var read = await _steps.ReadAsync(guid);
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", path, $"{{\"{attribute}\":null}}"));
        var cleared = await _steps.ReadAsync(guid);
        await _client.AskAsync("POST", AtlanSteps.Save.Replace("replaceBusinessAttributes=false", "replaceBusinessAttributes=true", StringComparison.Ordinal), _steps.Saying(
            new JsonObject { ["businessAttributes"] = new JsonObject { [set] = new JsonObject { [attribute] = "sales" } } }));
        var saved = await _steps.ReadAsync(guid);

        read.GetProperty("businessAttributes").GetProperty(set).GetProperty(attribute).GetString().ShouldBe("finance");
        (cleared.TryGetProperty("businessAttributes", out var none) && none.TryGetProperty(set, out _)).ShouldBeFalse();
        saved.GetProperty("businessAttributes").GetProperty(set).GetProperty(attribute).GetString().ShouldBe("sales");
    }

    [Fact]
    public async Task An_enumeration_and_an_archived_attribute_are_definitions_like_others()
    {
        var name = $"Level {_scenario}";
        var enumeration = new JsonObject
        {
            ["category"] = "ENUM",
            ["name"] = name,
            ["elementDefs"] = new JsonArray(new JsonObject { ["value"] = "low", ["ordinal"] = 0 }, new JsonObject { ["value"] = "high", ["ordinal"] = 1 }),
        };
        var made = await _client.AskAsync("POST", AtlanSteps.Typedefs, AtlanSteps.Wrapped("enumDefs", enumeration));
        made.GetProperty("enumDefs")[0].GetProperty("elementDefs")[1].GetProperty("value").GetString().ShouldBe("high");

        var (set, _) = await _steps.HaveSetAsync($"Archive {_scenario}");
        var definition = JsonNode.Parse((await _client.AskAsync("GET", $"/api/meta/types/typedef/name/{set}")).GetRawText())!.AsObject();
        var attribute = definition["attributeDefs"]![0]!.AsObject();
        attribute["options"]!["isArchived"] = true;
        attribute["displayName"] = "Owner team-archived-1700000000000";
        var changed = await _client.AskAsync("PUT", AtlanSteps.Typedefs, AtlanSteps.Wrapped("businessMetadataDefs", (JsonObject)definition.DeepClone()));

        changed.GetProperty("businessMetadataDefs")[0].GetProperty("attributeDefs")[0].GetProperty("displayName").GetString().ShouldBe("Owner team-archived-1700000000000");
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"/api/meta/types/typedef/name/{Uri.EscapeDataString(name)}"));
    }

    [Fact]
    public async Task Terms_are_given_and_taken_by_references_beside_the_attributes()
    {
        var guid = await _steps.HaveTableAsync();
        var glossary = await CreateAsync(new JsonObject
        {
            ["typeName"] = "AtlasGlossary",
            ["attributes"] = new JsonObject { ["name"] = $"words {_scenario}", ["qualifiedName"] = "-1", ["assetIcon"] = null },
            ["guid"] = "-1",
            ["businessAttributes"] = null,
        });
        var term = await CreateAsync(new JsonObject
        {
            ["typeName"] = "AtlasGlossaryTerm",
            ["attributes"] = new JsonObject
            {
                ["name"] = "revenue",
                ["qualifiedName"] = "-2",
                ["categories"] = null,
                ["anchor"] = new JsonObject { ["typeName"] = "AtlasGlossary", ["attributes"] = new JsonObject { ["qualifiedName"] = glossary }, ["guid"] = glossary },
            },
            ["guid"] = "-1",
            ["businessAttributes"] = null,
        });
        var reference = new JsonObject { ["typeName"] = "AtlasGlossaryTerm", ["attributes"] = new JsonObject { ["qualifiedName"] = term }, ["guid"] = term };

        await _client.AskAsync("POST", AtlanSteps.Save, _steps.Saying(new JsonObject { ["appendRelationshipAttributes"] = new JsonObject { ["meanings"] = new JsonArray(reference) } }));
        var given = await MeaningsAsync(guid);
        await _client.AskAsync("POST", AtlanSteps.Save, _steps.Saying(new JsonObject { ["attributes"] = new JsonObject { ["meanings"] = new JsonArray() } }));

        given.ShouldBe([term]);
        (await MeaningsAsync(guid)).ShouldBeEmpty();
        var read = (await _client.AskAsync("GET", $"/api/meta/entity/guid/{term}?minExtInfo=false&ignoreRelationships=false")).GetProperty("entity");
        read.GetProperty("relationshipAttributes").GetProperty("anchor").GetProperty("guid").GetString().ShouldBe(glossary);
    }

    [Theory]
    [InlineData("PURGE")]
    [InlineData("HARD")]
    public async Task A_purged_asset_is_told_as_deleted(string deleteType)
    {
        var guid = await _steps.HaveTableAsync();

        var answer = await _client.AskAsync("DELETE", $"/api/meta/entity/bulk/?deleteType={deleteType}&guid={guid}");

        answer.GetProperty("mutatedEntities").GetProperty("DELETE")[0].GetProperty("status").GetString().ShouldBe("DELETED");
        (await _client.SendAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=true&ignoreRelationships=true")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_long_list_of_guids_is_taken_in_the_address()
    {
        var guids = string.Join('&', Enumerable.Range(0, 1_500).Select(_ => $"guid={Guid.NewGuid()}"));

        (await _client.AskAsync("DELETE", $"/api/meta/entity/bulk/?deleteType=SOFT&{guids}")).TryGetProperty("mutatedEntities", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_audit_of_an_asset_is_read_in_pages_that_end()
    {
        var guid = await HaveHistoryAsync();
        var read = new List<JsonElement>();
        for (var from = 0; ; from += 2)
        {
            var page = await _client.AskAsync("POST", Audit, AuditBody($$"""{"bool":{"filter":[{"term":{"entityId":{"value":"{{guid}}"} } }]} }""", from, size: 2));
            page.GetProperty("totalCount").GetInt32().ShouldBe(4);
            var entries = page.GetProperty("entityAudits").EnumerateArray().ToList();
            if (entries.Count == 0)
            {
                break;
            }

            read.AddRange(entries);
        }

        read.Count.ShouldBe(4);
        read.ForEach(ShouldBeEntry);
    }

    [Fact]
    public async Task The_audit_is_asked_by_user_and_by_name()
    {
        await HaveHistoryAsync();

        var byName = await _client.AskAsync("POST", Audit, AuditBody(
            $$"""{"bool":{"must":[{"term":{"entityQualifiedName":{"value":"{{_steps.Table}}"} } },{"term":{"typeName":{"value":"Table"} } }]} }""", from: 0, size: 10));
        var byUser = await _client.AskAsync("POST", Audit, AuditBody(ByUser("admin"), from: 0, size: 10));
        var byNobody = await _client.AskAsync("POST", Audit, AuditBody(ByUser("nobody"), from: 0, size: 10));

        byName.GetProperty("entityAudits").GetArrayLength().ShouldBe(4);
        byUser.GetProperty("entityAudits").GetArrayLength().ShouldBe(4);
        byUser.GetProperty("entityAudits").EnumerateArray().ToList().ForEach(ShouldBeEntry);
        byNobody.GetProperty("entityAudits").GetArrayLength().ShouldBe(0);

        string ByUser(string user) =>
            $$"""{"bool":{"filter":[{"term":{"user":{"value":"{{user}}"} } },{"term":{"entityQualifiedName":{"value":"{{_steps.Table}}"} } }]} }""";
    }

    [Fact]
    public async Task There_are_no_tasks()
    {
        var answer = await _client.AskAsync("POST", "/api/meta/task/search", """{"dsl":{"from":0,"size":100,"aggregations":{},"track_total_hits":true,"query":{"match_all":{}},"sort":[]}}""");

        (answer.GetProperty("tasks").GetArrayLength(), answer.GetProperty("approximateCount").GetInt32()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_key_is_a_client_s_secret()
    {
        var token = await _client.AskAsync("POST", "/api/service/oauth-clients/token", $$"""{"clientId":"admin","clientSecret":"{{ServerProcess.Key}}"}""");

        token.GetProperty("accessToken").GetString().ShouldBe(ServerProcess.Key);
        token.GetProperty("expiresIn").GetInt32().ShouldBePositive();
        token.GetProperty("tokenType").GetString().ShouldBe("Bearer");
        (await _client.SendAsync("POST", "/api/service/oauth-clients/token", """{"clientId":"admin","clientSecret":"other"}""")).Status.ShouldBe(401);
        (await _client.SendAsync("POST", "/api/service/oauth-clients/token", """{"clientId":"admin"}""")).Status.ShouldBe(400);
    }

    private static JsonArray Tags(string tag, string restricted) => new(JsonNode.Parse(
        $$"""{"typeName":"{{tag}}","propagate":false,"removePropagationsOnEntityDelete":true,"restrictPropagationThroughLineage":{{restricted}},"restrictPropagationThroughHierarchy":false}"""));

    private static string AuditBody(string query, int from, int size) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"dsl":{"from":{{{from}}},"size":{{{size}}},"aggregations":{},"track_total_hits":true,"query":{{{query}}},"sort":[{"created":{"order":"desc"}},{"entityId":{"order":"asc"}}]},"attributes":[]}""");

    /// <summary>What the client's model of an entry requires of it.</summary>
    private static void ShouldBeEntry(JsonElement entry)
    {
        foreach (var member in (string[])["entityQualifiedName", "typeName", "entityId", "user", "eventKey"])
        {
            entry.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.String);
        }

        entry.GetProperty("timestamp").GetInt64().ShouldBePositive();
        entry.GetProperty("created").GetInt64().ShouldBePositive();
        Allowed.ShouldContain(entry.GetProperty("action").GetString());
        var detail = entry.GetProperty("detail");
        detail.GetProperty("typeName").ValueKind.ShouldBe(JsonValueKind.String);
        var isSet = entry.GetProperty("action").GetString() == "BUSINESS_ATTRIBUTE_UPDATE";
        detail.EnumerateObject().Select(member => member.Name).All(name => name is "typeName" or "attributes").ShouldBe(isSet, "by its two members alone a set is told from an asset");
        entry.GetProperty("headers").EnumerateObject().ShouldAllBe(header => header.Value.ValueKind == JsonValueKind.String);
    }

    private async Task<string> CreateAsync(JsonObject entity) =>
        (await _client.AskAsync("POST", AtlanSteps.Save, new JsonObject { ["entities"] = new JsonArray(entity) }.ToJsonString())).GetProperty("guidAssignments").GetProperty("-1").GetString()!;

    private async Task<List<string?>> MeaningsAsync(string guid)
    {
        var entity = (await _client.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=false&ignoreRelationships=false")).GetProperty("entity");
        return entity.GetProperty("relationshipAttributes").TryGetProperty("meanings", out var meanings) ? [.. meanings.EnumerateArray().Select(one => one.GetProperty("guid").GetString())] : [];
    }

    /// <summary>A table with four entries.</summary>
    private async Task<string> HaveHistoryAsync()
    {
        var tag = await _steps.HaveTagAsync($"Audited {_scenario}");
        var (set, attribute) = await _steps.HaveSetAsync($"Audited {_scenario}");
        var guid = await _steps.HaveTableAsync();
        await _client.AskAsync("POST", AtlanSteps.Save, _steps.Saying(new JsonObject { ["attributes"] = new JsonObject { ["description"] = "d" } }));
        await _client.AskAsync("POST", AtlanSteps.Append, _steps.Saying(new JsonObject { ["addOrUpdateClassifications"] = Tags(tag, "false") }));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"/api/meta/entity/guid/{guid}/businessmetadata/{set}", $"{{\"{attribute}\":\"finance\"}}"));
        return guid;
    }
}
