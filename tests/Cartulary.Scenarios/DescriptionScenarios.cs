using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>The description of the API: every call answers as it says, its examples can be used, and what it does not say is noticed.</summary>
public sealed class DescriptionScenarios : IDisposable
{
    private const string Named = "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=default/demo/shop/main/orders";
    private const string History = "/api/meta/entity/uniqueAttribute/type/Table";
    private const string ByName = "attr:qualifiedName=default/demo/shop/main/orders";

    /// <summary>Those whose answers are no JSON.</summary>
    private static readonly string[] NotJson = ["streamEvents", "getMetrics", "exportCatalog"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-described-");
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_answers_as_it_is_described()
    {
        await using var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        using var client = CatalogHttp.ClientFor(server.Address);
        await SaveAsync(client);
        await ReadAsync(client);
        await SearchAsync(client);
        await FollowLineageAsync(client);
        await AuditAsync(client);
        await ReadTypesAsync(client);
        await EditTypesAsync(client);
        await KeepGlossaryAsync(client);
        await SetPartsAsync(client);
        await RelateAsync(client);
        await TagAsync(client);
        await KeepWebhookAsync(client);
        await AdministerAsync(client);
        await SendOnAsync(client);
        await ArchiveAsync(client);

        DescribedApi.Calls.Except(_called).ShouldBe(NotJson, ignoreOrder: true, "each call of the description is called here");
    }

    [Fact]
    public async Task Every_example_is_what_its_schema_says()
    {
        DescribedApi.Examples.ShouldNotBeEmpty();
        foreach (var (schema, json) in DescribedApi.Examples)
        {
            (await DescribedApi.FaultsAsync(schema, json)).ShouldBeEmpty(schema);
        }
    }

    [Theory]
    [InlineData("isReady", 200, """{"status":"ok","extra":1}""")]
    [InlineData("isReady", 200, "{}")]
    [InlineData("isReady", 200, """{"status":"well"}""")]
    [InlineData("isReady", 200, """{"status":1}""")]
    [InlineData("isReady", 202, """{"status":"ok"}""")]
    [InlineData("listKeys", 200, """{"keys":[{"id":"1","name":"n","role":"r","created":1}]}""")]
    [InlineData("listKeys", 403, """{"errorCode":"ATLAS-403-00-099","errorMessage":"m","problems":[]}""")]
    [InlineData("readEvents", 409, """{"errorCode":"CARTULARY-409-00-001","errorMessage":"m","problems":[]}""")]
    public async Task What_the_description_does_not_say_is_found(string call, int status, string body) =>
        (await DescribedApi.FaultsAsync(call, new HttpReply(status, JsonSerializer.Deserialize<JsonElement>(body)))).ShouldNotBeEmpty();

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task SearchAsync(HttpClient client)
    {
        await CallAsync(client, "POST", "/api/meta/search/indexsearch", DescribedApi.Examples.Single(example => example.Schema == "IndexSearch").Json);
        await CallAsync(client, "POST", "/api/meta/search/indexsearch", """{"dsl":{"aggs":{"types":{"terms":{"field":"__typeName"}}}},"attributes":["columns"],"showSearchScore":true}""");
        await CallAsync(client, "POST", "/api/meta/search/indexsearch", """{"dsl":{"query":{"none":{}}}}""", 400);
        await CallAsync(client, "POST", "/api/meta/search/searchlog", """{"dsl":{}}""");
        await CallAsync(client, "GET", "/api/atlas/v2/search/basic?typeName=Table&query=orders");
        await CallAsync(client, "GET", "/api/atlas/v2/search/basic?typeName=None", null, 400);
        await CallAsync(client, "POST", "/api/atlas/v2/search/basic", """{"typeName":"Table","limit":-1,"query":null}""");
        await CallAsync(client, "GET", "/api/atlas/v2/search/quick?typeName=Table");
        await CallAsync(client, "POST", "/api/atlas/v2/search/quick", """{"typeName":"Table"}""");
        await CallAsync(client, "GET", "/api/atlas/v2/search/fulltext?query=orders");
        await CallAsync(client, "GET", "/api/atlas/v2/search/attribute?typeName=Table&attrValuePrefix=default");
        await CallAsync(client, "GET", "/api/atlas/v2/search/dsl?query=Table");
        await CallAsync(client, "GET", "/api/atlas/v2/search/dsl?query=Table%20select%20name");
        await CallAsync(client, "GET", $"/api/atlas/v2/search/relationship?guid={await GuidAsync(client)}&relation=columns");
        await CallAsync(client, "GET", "/api/atlas/v2/search/suggestions?prefixString=o");
    }

    private async Task FollowLineageAsync(HttpClient client)
    {
        var (guid, other) = (await GuidAsync(client), Guid.Empty);
        await CallAsync(client, "POST", "/api/meta/lineage/list", $$"""{"guid":"{{guid}}","size":10,"from":0,"depth":3,"direction":"OUTPUT","immediateNeighbours":true}""");
        await CallAsync(client, "POST", "/api/meta/lineage/list", $$"""{"guid":"{{guid}}","size":10,"from":0,"depth":3,"direction":"BOTH"}""", 400);
        await CallAsync(client, "POST", "/api/meta/lineage/getlineage", $$"""{"guid":"{{guid}}","depth":1,"direction":"BOTH","hideProcess":true,"offset":0,"limit":1,"calculateRemainingVertexCounts":true}""");
        await CallAsync(client, "POST", "/api/meta/lineage/getlineage", $$"""{"guid":"{{other}}"}""", 404);
        await CallAsync(client, "GET", $"/api/meta/lineage/{guid}?depth=2");
        await CallAsync(client, "GET", $"/api/meta/lineage/uniqueAttribute/type/Table?{ByName}");
        await CallAsync(client, "POST", $"/api/meta/lineage/{guid}", $$"""{"constraints":{"{{guid}}":{"direction":"BOTH","inputRelationsLimit":2,"outputRelationsLimit":2,"depth":3} } }""");
        var made = await CallAsync(client, "POST", "/api/meta/entity", """{"entity":{"typeName":"Table","attributes":{"name":"made","qualifiedName":"default/demo/shop/main/made"}}}""");
        var second = made.GetProperty("mutatedEntities").GetProperty("CREATE")[0].GetProperty("guid").GetString();
        await CallAsync(client, "GET", $"/api/lineage/paths?from={guid}&to={second}&maxLength=2");
        await CallAsync(client, "GET", $"/api/lineage/paths?from={guid}&to={other}", status: 404);
    }

    private async Task AuditAsync(HttpClient client)
    {
        var guid = await GuidAsync(client);
        await CallAsync(client, "POST", "/api/meta/entity/auditSearch", """{"dsl":{"query":{"term":{"action":"ENTITY_CREATE"}},"size":2,"aggregations":{"who":{"terms":{"field":"user"}}}}}""");
        await CallAsync(client, "POST", "/api/meta/entity/auditSearch", """{"dsl":{"query":{"none":{}}}}""", 400);
        await CallAsync(client, "POST", $"/api/meta/entity/{guid}/auditSearch", """{"dsl":{"size":2}}""");
        await CallAsync(client, "GET", $"/api/meta/entity/{guid}/audit?count=2");
        await CallAsync(client, "POST", "/api/meta/task/search", """{"dsl":{}}""");
    }

    private async Task SendOnAsync(HttpClient client)
    {
        await CallAsync(client, "GET", "/api/sinks/kafka");
        await CallAsync(client, "POST", "/api/sinks/kafka/resume", "{}", 409);
        await CallAsync(client, "POST", "/api/import?dryRun=true", """{"assets":[]}""");
        await CallAsync(client, "POST", "/api/import", """{"assets":[{}]}""", 404);
    }

    private async Task SaveAsync(HttpClient client)
    {
        var example = DescribedApi.Examples.Single(example => example.Schema == "SaveManyRequest").Json;
        await CallAsync(client, "POST", "/api/meta/entity/bulk?dryRun=true", example);
        await CallAsync(client, "POST", "/api/meta/entity/bulk?receipts=true", example);
        await CallAsync(client, "POST", "/api/meta/entity?receipts=true", DescribedApi.Examples.Single(example => example.Schema == "SaveOneRequest").Json);
        await CallAsync(client, "PUT", $"{Named}&receipts=true", """{"entity":{"typeName":"Table","attributes":{"description":"d"},"labels":["core"]}}""");
        await CallAsync(client, "PUT", $"/api/meta/entity/guid/{await GuidAsync(client)}?name=description&receipts=true", "\"another\"");
        await CallAsync(client, "POST", "/api/meta/entity", """{"entity":{"typeName":"None","attributes":{}}}""", 400);
        await CallAsync(client, "POST", "/api/meta/entity", "{", 400);
        await CallAsync(client, "POST", "/api/meta/entity", """{"entity":{"typeName":"Table","attributes":{"name":"orders","qualifiedName":"default/demo/shop/main/orders"},"expectedVersion":99}}""", 412);
    }

    private async Task ReadAsync(HttpClient client)
    {
        var guid = await GuidAsync(client);
        foreach (var past in (string[])["", "version=1", "asOfSequence=1", "ignoreRelationships=true"])
        {
            await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}?{past}");
            await CallAsync(client, "GET", $"{Named}&{past}");
        }

        await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}?version=99", status: 404);
        await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}?asOfSequence=99", status: 409);
        await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}/header");
        await CallAsync(client, "GET", $"{History}/header?{ByName}");
        await CallAsync(client, "GET", $"/api/meta/entity/bulk?guid={guid}");
        await CallAsync(client, "GET", "/api/meta/entity/bulk/uniqueAttribute/type/Table?attr_0:qualifiedName=default/demo/shop/main/orders");
        foreach (var part in (string[])["versions", "diff", "blame"])
        {
            await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}/{part}");
            await CallAsync(client, "GET", $"{History}/{part}?{ByName}");
            await CallAsync(client, "GET", $"/api/meta/entity/guid/{Guid.Empty}/{part}", status: 404);
        }

        await CallAsync(client, "GET", "/api/events");
        await CallAsync(client, "GET", "/api/events?after=99", status: 409);
        await CallAsync(client, "GET", "/api/events?typeName=None", status: 400);
        await CallAsync(client, "GET", "/api/events/summary?excludeActor=nobody");
        await CallAsync(client, "GET", "/api/events/summary?after=0&from=0", status: 400);
        await CallAsync(client, "GET", "/api/events/summary?after=99", status: 409);
        await CallAsync(client, "GET", "/api/events/snapshot?limit=1");
    }

    private async Task ReadTypesAsync(HttpClient client)
    {
        await CallAsync(client, "GET", "/api/meta/types/typedefs");
        await CallAsync(client, "GET", "/api/meta/types/typedefs/headers");
        var all = (await CallAsync(client, "GET", "/api/meta/types/typedefs/headers")).EnumerateArray().ToList();
        foreach (var kind in (string[])["typedef", "entitydef", "structdef", "enumdef", "relationshipdef", "classificationdef", "businessmetadatadef"])
        {
            var category = kind is "businessmetadatadef" ? "BUSINESS_METADATA" : kind[..^3].ToUpperInvariant();
            var one = all.Find(header => category == "TYPE" || header.GetProperty("category").GetString() == category);
            var (name, guid) = one.ValueKind == JsonValueKind.Undefined ? ("none", "none") : (one.GetProperty("name").GetString(), one.GetProperty("guid").GetString());
            var status = name == "none" ? 404 : 200;
            await CallAsync(client, "GET", $"/api/meta/types/{kind}/name/{name}", status: status);
            await CallAsync(client, "GET", $"/api/meta/types/{kind}/guid/{guid}", status: status);
        }
    }

    private async Task EditTypesAsync(HttpClient client)
    {
        foreach (var example in DescribedApi.Examples.Where(example => example.Schema == "TypedefsToSave").Select(example => example.Json))
        {
            var made = await CallAsync(client, "POST", "/api/meta/types/typedefs", example);
            await CallAsync(client, "PUT", "/api/meta/types/typedefs?patch=true", made.GetRawText());
            await CallAsync(client, "DELETE", "/api/meta/types/typedefs", made.GetRawText(), status: 204);
            await CallAsync(client, "DELETE", "/api/meta/types/typedefs", made.GetRawText(), status: 404);
        }

        await CallAsync(client, "POST", "/api/meta/types/typedefs", """{"enumDefs":[{"name":"Colour","elementDefs":[]}]}""");
        await CallAsync(client, "DELETE", "/api/meta/types/typedef/name/Colour", status: 204);
        await CallAsync(client, "DELETE", "/api/meta/types/typedef/name/Table", status: 400);
    }

    private async Task SetPartsAsync(HttpClient client)
    {
        await CallAsync(
            client,
            "POST",
            "/api/atlas/v2/types/typedefs",
            """{"businessMetadataDefs":[{"name":"Rating","attributeDefs":[{"name":"score","typeName":"int","isOptional":true,"options":{"applicableEntityTypes":"[\"Asset\"]"}}]}]}""");
        var asset = $"/api/meta/entity/guid/{await GuidAsync(client)}";
        foreach (var (method, json) in new[] { ("POST", """["a"]"""), ("PUT", """["b"]"""), ("DELETE", """["a"]""") })
        {
            await CallAsync(client, method, $"{asset}/labels", json, 204);
            await CallAsync(client, method, Named.Replace("?", "/labels?", StringComparison.Ordinal), json, 204);
        }

        foreach (var (method, part, json) in new[]
        {
            ("POST", "", """{"Rating":{"score":1}}"""), ("POST", "/displayName", """{"Rating":{"score":2}}"""), ("POST", "/Rating", """{"score":3}"""),
            ("DELETE", "", """{"Rating":{"score":3}}"""), ("DELETE", "/Rating", "{}"),
        })
        {
            await CallAsync(client, method, $"{asset}/businessmetadata{part}", json, 204);
        }

        await CallAsync(client, "POST", $"{asset}/businessmetadata/Rating?receipts=true", """{"score":4}""");
        await CallAsync(client, "POST", $"{asset}/businessmetadata/Nothing", """{"score":4}""", 400);
    }

    private async Task KeepGlossaryAsync(HttpClient client)
    {
        const string glossaries = "/api/meta/glossary";
        await CallAsync(client, "GET", $"{glossaries}?limit=-1");
        var glossary = await MakeAsync(glossaries, DescribedApi.Examples.Single(example => example.Schema == "GlossaryPartToSave").Json);
        var category = await MakeAsync($"{glossaries}/category", Part("a"));
        var term = await MakeAsync($"{glossaries}/term", Part("a"));
        await CallAsync(client, "POST", $"{glossaries}/categories", $"[{Part("b")}]");
        await CallAsync(client, "POST", $"{glossaries}/terms", $"[{Part("b")}]");
        await CallAsync(client, "POST", $"{glossaries}/term", Part("b"), 409);
        await CallAsync(client, "POST", $"{glossaries}/terms/{term}/assignedEntities", $"[{{\"guid\":\"{await GuidAsync(client)}\"}}]", 204);
        foreach (var one in (string[])[glossary, $"category/{category}", $"term/{term}"])
        {
            await CallAsync(client, "GET", $"{glossaries}/{one}");
            await CallAsync(client, "PUT", $"{glossaries}/{one}", """{"shortDescription":"s"}""");
            await CallAsync(client, "PUT", $"{glossaries}/{one}/partial", """{"shortDescription":"t"}""");
        }

        foreach (var list in (string[])["terms", "terms/headers", "categories", "categories/headers", "detailed"])
        {
            await CallAsync(client, "GET", $"{glossaries}/{glossary}/{list}");
        }

        foreach (var list in (string[])[$"category/{category}/terms", $"category/{category}/related", $"terms/{term}/related", $"terms/{term}/assignedEntities"])
        {
            await CallAsync(client, "GET", $"{glossaries}/{list}");
        }

        await CallAsync(client, "GET", $"{glossaries}/{glossary}/terms?sort=up", status: 400);
        await CallAsync(client, "PUT", $"{glossaries}/terms/{term}/assignedEntities", $"[{{\"guid\":\"{await GuidAsync(client)}\"}}]", 204);
        foreach (var one in (string[])[$"term/{term}", $"category/{category}", glossary])
        {
            await CallAsync(client, "DELETE", $"{glossaries}/{one}", status: 204);
        }

        string Part(string name) => $"{{\"name\":\"{name}\",\"anchor\":{{\"glossaryGuid\":\"{glossary}\"}}}}";

        async Task<string> MakeAsync(string path, string json) => (await CallAsync(client, "POST", path, json)).GetProperty("guid").GetString()!;
    }

    private async Task RelateAsync(HttpClient client)
    {
        const string relationship = "/api/meta/relationship";
        const string entities = """
            {"entities":[{"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"Related"}},{"typeName":"AtlasGlossaryTerm","guid":"-2",
            "attributes":{"name":"Term"},"relationshipAttributes":{"anchor":{"typeName":"AtlasGlossary","guid":"-1"}}}]}
            """;
        var saved = await CallAsync(client, "POST", "/api/meta/entity/bulk", entities);
        var term = saved.GetProperty("guidAssignments").GetProperty("-2").GetString();
        var body = $"{{\"typeName\":\"AtlasGlossarySemanticAssignment\",\"end1\":{{\"guid\":\"{term}\"}},\"end2\":{{\"guid\":\"{await GuidAsync(client)}\"}}}}";
        var guid = (await CallAsync(client, "POST", relationship, body)).GetProperty("guid").GetString();
        await CallAsync(client, "POST", relationship, body, 409);
        await CallAsync(client, "PUT", relationship, $"{{\"guid\":\"{guid}\",\"attributes\":{{\"confidence\":80}}}}");
        await CallAsync(client, "GET", $"{relationship}/guid/{guid}");
        await CallAsync(client, "GET", $"{relationship}/guid/{guid}?extendedInfo=true");
        await CallAsync(client, "DELETE", $"{relationship}/guid/{guid}", status: 204);
        await CallAsync(client, "DELETE", $"{relationship}/guid/{guid}", status: 404);
    }

    private async Task TagAsync(HttpClient client)
    {
        const string tags = """[{"typeName":"Sensitive","propagate":false}]""";
        const string byName = "/api/atlas/v2/entity/uniqueAttribute/type/Table";
        var guid = await GuidAsync(client);
        var byGuid = $"/api/atlas/v2/entity/guid/{guid}";
        await CallAsync(client, "POST", "/api/atlas/v2/types/typedefs", """{"classificationDefs":[{"name":"Sensitive"},{"name":"Personal","displayName":"Personal data"}]}""");
        await CallAsync(client, "GET", "/api/meta/entity/bulk/headers?tagUpdateStartTime=0");
        foreach (var (list, one) in new[]
        {
            ($"{byGuid}/classifications", $"{byGuid}/classification/Sensitive"),
            ($"{byName}/classifications?{ByName}", $"{byName}/classification/Sensitive?{ByName}"),
        })
        {
            await CallAsync(client, "GET", one, status: 400);
            await CallAsync(client, "POST", list, tags, 204);
            await CallAsync(client, "POST", list, tags, 400);
            await CallAsync(client, "PUT", list, tags, 204);
            await CallAsync(client, "GET", list);
            await CallAsync(client, "GET", one);
            await CallAsync(client, "DELETE", one, status: 204);
            await CallAsync(client, "DELETE", one, status: 400);
        }

        var many = $"{{\"classification\":{{\"typeName\":\"Sensitive\"}},\"entityGuids\":[\"{guid}\"]}}";
        await CallAsync(client, "POST", "/api/atlas/v2/entity/bulk/classification", many, 204);
        await CallAsync(client, "POST", "/api/atlas/v2/entity/bulk/classification", many, 400);
        await CallAsync(client, "POST", "/api/atlas/v2/entity/bulk/setClassifications", $"{{\"guidHeaderMap\":{{\"{guid}\":{{\"classifications\":[]}}}}}}");
        var displayed = many.Replace("Sensitive", "Personal data", StringComparison.Ordinal);
        await CallAsync(client, "POST", "/api/atlas/v2/entity/bulk/classification/displayName", displayed, 204);
        await CallAsync(client, "GET", "/api/tags/pending");
    }

    private async Task KeepWebhookAsync(HttpClient client)
    {
        const string webhooks = "/api/webhooks";
        var made = await CallAsync(client, "POST", webhooks, DescribedApi.Examples.Single(example => example.Schema == "WebhookRequest").Json);
        var one = $"{webhooks}/{made.GetProperty("id").GetString()}";
        await CallAsync(client, "POST", webhooks, """{"name":"n","url":"https://127.0.0.1/"}""", 400);
        await CallAsync(client, "GET", webhooks);
        await CallAsync(client, "GET", $"{webhooks}/notices");
        await CallAsync(client, "GET", $"{webhooks}/notices?limit=none", status: 400);
        await CallAsync(client, "GET", one);
        await CallAsync(client, "PATCH", one, DescribedApi.Examples.Single(example => example.Schema == "WebhookChange").Json);
        await CallAsync(client, "POST", $"{one}/replay", DescribedApi.Examples.Single(example => example.Schema == "WebhookReplay").Json);
        await CallAsync(client, "POST", $"{one}/replay", """{"after":1000000}""", 409);
        await CallAsync(client, "POST", $"{one}/secrets", DescribedApi.Examples.Single(example => example.Schema == "WebhookRotation").Json);
        await CallAsync(client, "POST", $"{one}/secrets", "{}", 409);
        await CallAsync(client, "POST", $"{one}/test", "{}");
        await CallAsync(client, "GET", $"{one}/attempts");
        await CallAsync(client, "GET", $"{one}/dead-letters");
        await CallAsync(client, "POST", $"{one}/dead-letters/redrive", DescribedApi.Examples.Single(example => example.Schema == "Redrive").Json);
        await CallAsync(client, "DELETE", one);
        await CallAsync(client, "GET", one, status: 404);
    }

    private async Task AdministerAsync(HttpClient client)
    {
        var made = await CallAsync(client, "POST", "/api/keys", DescribedApi.Examples.Single(example => example.Schema == "KeyRequest").Json);
        await CallAsync(client, "DELETE", $"/api/keys/{made.GetProperty("id").GetString()}");
        await CallAsync(client, "DELETE", "/api/keys/none", status: 404);
        await CallAsync(client, "GET", "/api/keys");
        var other = await CallAsync(client, "POST", "/api/keys", DescribedApi.Examples.Single(example => example.Schema == "KeyRequest").Json);
        var credentials = $$"""{"clientId":{{other.GetProperty("name").GetRawText()}},"clientSecret":{{other.GetProperty("key").GetRawText()}}}""";
        await CallAsync(client, "POST", "/api/service/oauth-clients/token", credentials);
        await CallAsync(client, "POST", "/api/service/oauth-clients/token", """{"clientId":"nobody","clientSecret":"no"}""", 401);
        await CallAsync(client, "PUT", "/api/settings", DescribedApi.Examples.Single(example => example.Schema == "CatalogSettings").Json);
        await CallAsync(client, "PUT", "/api/settings", """{"ignoredAttributes":["qualifiedName"]}""", 400);
        await CallAsync(client, "GET", "/api/settings");
        foreach (var path in (string[])["roles", "users", "users/current", "whoami", "groups", "v2/groups", "apikeys", "users?limit=-1"])
        {
            await CallAsync(client, "GET", $"/api/service/{path}", status: path.EndsWith("-1", StringComparison.Ordinal) ? 400 : 200);
        }

        foreach (var path in (string[])["/api/atlas/admin/version", "/api/atlas/admin/status", "/api/atlas/admin/session", "/api/atlas/admin/metrics", "/health/live", "/health/ready"])
        {
            await CallAsync(client, "GET", path);
        }

        using var stranger = new HttpClient { BaseAddress = client.BaseAddress };
        await CallAsync(stranger, "GET", "/api/events", status: 401);
    }

    private async Task ArchiveAsync(HttpClient client)
    {
        var guid = await GuidAsync(client);
        await CallAsync(client, "DELETE", $"{Named}&receipts=true&dryRun=true");
        await CallAsync(client, "DELETE", $"/api/meta/entity/guid/{guid}?receipts=true");
        await CallAsync(client, "DELETE", $"/api/meta/entity/bulk?guid={guid}&receipts=true");
        await CallAsync(client, "DELETE", $"/api/meta/entity/guid/{guid}?deleteType=GONE", status: 400);
        await CallAsync(client, "POST", $"/api/meta/entity/restore/bulk?guid={guid}&receipts=true");
        await CallAsync(client, "DELETE", "/api/meta/entity/bulk/uniqueAttribute?receipts=true", DescribedApi.Examples.Single(example => example.Schema == "AssetNames").Json);
        await CallAsync(client, "PUT", "/api/atlas/admin/purge", DescribedApi.Examples.Single(example => example.Schema == "AssetGuids").Json);
        await DeleteConnectionAsync(client);
        await CallAsync(client, "GET", "/api/events");
        await CallAsync(client, "GET", $"/api/meta/entity/guid/{guid}");
    }

    private async Task DeleteConnectionAsync(HttpClient client)
    {
        const string deletion = """{"kind":"delete-connection","connection":"default/described/1"}""";
        await CallAsync(client, "POST", "/api/jobs", deletion, 404);
        await CallAsync(client, "POST", "/api/meta/entity", """{"entity":{"typeName":"Connection","attributes":{"name":"described","qualifiedName":"default/described/1"}}}""");
        await CallAsync(client, "POST", "/api/jobs?dryRun=true", deletion);
        var job = await CallAsync(client, "POST", "/api/jobs", deletion);
        await CallAsync(client, "GET", $"/api/jobs/{job.GetProperty("id").GetString()}");
        await CallAsync(client, "GET", "/api/jobs/none", status: 404);
        await CallAsync(client, "GET", "/api/jobs");
    }

    private async Task<string> GuidAsync(HttpClient client) => (await CallAsync(client, "GET", Named)).GetProperty("entity").GetProperty("guid").GetString()!;

    /// <summary>Sends a request, whose answer is compared with the description on its way.</summary>
    private async Task<JsonElement> CallAsync(HttpClient client, string method, string path, string? json = null, int status = 200)
    {
        var reply = await CatalogHttp.SendAsync(client, new HttpMethod(method), path, json, [], Token);
        reply.Status.ShouldBe(status, $"{method} {path}: {reply.Body}");
        _called.Add(DescribedApi.NameOf(new HttpMethod(method), path).ShouldNotBeNull($"{method} {path} is not described"));
        return reply.Body;
    }
}
