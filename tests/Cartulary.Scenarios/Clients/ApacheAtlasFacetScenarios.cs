using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>Classifications, labels, business metadata, definitions, relationships, glossaries and the audit, as Apache Atlas's Python client asks for them.</summary>
public sealed class ApacheAtlasFacetScenarios : IDisposable
{
    private const string Entity = "/api/atlas/v2/entity";
    private const string Types = "/api/atlas/v2/types";
    private const string Unset =
        "\"homeId\":null,\"relationshipAttributes\":null,\"classifications\":null,\"meanings\":null,\"customAttributes\":null,\"businessAttributes\":null,\"labels\":null,\"status\":null,\"isIncomplete\":null,\"provenanceType\":null,\"proxy\":null,\"version\":null,\"createdBy\":null,\"updatedBy\":null,\"createTime\":null,\"updateTime\":null";

    private readonly WireClient _client;
    private readonly WireClient _atlan;
    private readonly string _name;

    public ApacheAtlasFacetScenarios(CatalogServer server)
    {
        _client = WireClient.OfApacheAtlas(server);
        _atlan = WireClient.OfAtlan(server);
        _name = server.NewCatalog().Scenario;
    }

    private string Tag => $"Pii_{_name}";

    private string Set => $"Quality_{_name}";

    public void Dispose()
    {
        _client.Dispose();
        _atlan.Dispose();
    }

    [Fact]
    public async Task Definitions_keep_the_names_that_they_are_given()
    {
        var made = await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());

        made.GetProperty("classificationDefs")[0].GetProperty("name").GetString().ShouldBe(Tag);
        made.GetProperty("businessMetadataDefs")[0].GetProperty("attributeDefs")[0].GetProperty("name").GetString().ShouldBe("score");
        (await _client.SendAsync("POST", $"{Types}/typedefs/", Definitions())).Status.ShouldBe(409);
        await _client.AskAsync("PUT", $"{Types}/typedefs/", Definitions());
        foreach (var (kind, name) in new[] { ("classificationdef", Tag), ("businessmetadatadef", Set) })
        {
            var definition = await _client.AskAsync("GET", $"{Types}/{kind}/name/{name}");
            (await _client.AskAsync("GET", $"{Types}/{kind}/guid/{definition.GetProperty("guid").GetString()}")).GetProperty("name").GetString().ShouldBe(name);
            AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"{Types}/typedef/name/{name}"));
        }
    }

    [Fact]
    public async Task Classifications_are_added_changed_read_and_removed()
    {
        await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());
        var guid = await HaveAsync("orders");
        var path = $"{Entity}/guid/{guid}/classifications";

        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", path, $"[{Classification("False")}]"));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("PUT", path, $"[{Classification("True")}]"));
        var all = await _client.AskAsync("GET", path);
        var one = await _client.AskAsync("GET", $"{Entity}/guid/{guid}/classification/{Tag}");
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"{Entity}/guid/{guid}/classification/{Tag}"));

        all.GetProperty("list")[0].GetProperty("typeName").GetString().ShouldBe(Tag);
        foreach (var member in (string[])["startIndex", "pageSize", "totalCount"])
        {
            all.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.Number);
        }

        one.GetProperty("propagate").GetBoolean().ShouldBeTrue();
        (await _client.AskAsync("GET", path)).GetProperty("list").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Classifications_are_given_by_name_and_to_many()
    {
        await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());
        var guid = await HaveAsync("orders");
        var named = $"{Entity}/uniqueAttribute/type/Table/classifications?attr%3AqualifiedName={Name("orders")}";

        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", named, $"[{Classification("False")}]"));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync(
            "DELETE", $"{Entity}/uniqueAttribute/type/Table/classification/{Tag}?attr%3AqualifiedName={Name("orders")}"));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"{Entity}/bulk//classification", $$"""{"classification":{{Classification("False")}},"entityGuids":["{{guid}}"]}"""));

        (await _client.AskAsync("GET", named)).GetProperty("list").GetArrayLength().ShouldBe(1);
        var set = await _client.AskAsync("POST", $"{Entity}/bulk/setClassifications", $$"""{"guidHeaderMap":{"{{guid}}":{"typeName":"Table","guid":"{{guid}}","attributes":null,"classifications":[]} } }""");
        set.ValueKind.ShouldNotBe(JsonValueKind.Undefined);
        (await _client.AskAsync("GET", named)).GetProperty("list").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Headers_of_what_was_tagged_since_a_time_are_read_together()
    {
        await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());
        var (guid, other) = (await HaveAsync("orders"), await HaveAsync("items"));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"{Entity}/guid/{guid}/classifications", $"[{Classification("False")}]"));
        var audit = await _client.AskAsync("GET", $"{Entity}/{guid}/audit?auditAction=CLASSIFICATION_ADD");
        var time = audit[0].GetProperty("created").GetInt64();

        var since = (await _client.AskAsync("GET", $"{Entity}/bulk/headers?tagUpdateStartTime={time}")).GetProperty("guidHeaderMap");
        var later = (await _client.AskAsync("GET", $"{Entity}/bulk/headers?tagUpdateStartTime={time + 600_000}")).GetProperty("guidHeaderMap");

        since.GetProperty(guid).GetProperty("classificationNames")[0].GetString().ShouldBe(Tag);
        since.TryGetProperty(other, out _).ShouldBeFalse();
        later.EnumerateObject().ShouldBeEmpty();
        (await _client.SendAsync("GET", $"{Entity}/bulk/headers?tagUpdateStartTime=soon")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Labels_are_added_and_removed_with_bodies()
    {
        var guid = await HaveAsync("orders");

        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("PUT", $"{Entity}/guid/{guid}/labels", """["a","b"]"""));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"{Entity}/guid/{guid}/labels", """["a"]"""));

        (await ReadAsync(guid)).GetProperty("labels").GetRawText().ShouldBe("""["b"]""");
    }

    [Theory]
    [InlineData("False", """{"score":1,"note":"x"}""")]
    [InlineData("True", """{"score":1}""")]
    public async Task Business_metadata_is_added_or_takes_the_place_of_what_is_there(string isOverwrite, string expected)
    {
        await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());
        var guid = await HaveAsync("orders");
        var path = $"{Entity}/guid/{guid}/businessmetadata";
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"{path}/{Set}", """{"note":"x"}"""));

        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"{path}?isOverwrite={isOverwrite}", $$"""{"{{Set}}":{"score":1} }"""));

        JsonElement.DeepEquals((await ReadAsync(guid)).GetProperty("businessAttributes").GetProperty(Set), JsonSerializer.Deserialize<JsonElement>(expected)).ShouldBeTrue();
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"{path}/{Set}", """{"score":1}"""));
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", path, $$"""{"{{Set}}":{"note":"x"} }"""));
    }

    [Fact]
    public async Task An_attribute_is_put_as_a_bare_value()
    {
        var guid = await HaveAsync("orders");

        var put = await _client.AskAsync("PUT", $"{Entity}/guid/{guid}?name=description", "\"words\"");

        put.GetProperty("mutatedEntities").ValueKind.ShouldBe(JsonValueKind.Object);
        (await ReadAsync(guid)).GetProperty("attributes").GetProperty("description").GetString().ShouldBe("words");
    }

    [Fact]
    public async Task A_relationship_is_made_read_and_ended()
    {
        var (table, column) = (await HaveAsync("orders"), await HaveAsync("id", "Column"));
        var body = $$$"""{"guid":null,"typeName":"table_columns","end1":{"guid":"{{{table}}}","typeName":"Table","uniqueAttributes":null},"end2":{"guid":"{{{column}}}","typeName":"Column","uniqueAttributes":null},"attributes":null,"label":null,"provenanceType":null,"status":null,"createdBy":null,"updatedBy":null,"createTime":null,"updateTime":null,"version":null,"propagateTags":null,"homeId":null}""";

        var made = await _client.AskAsync("POST", "/api/atlas/v2/relationship/", body);
        var guid = made.GetProperty("guid").GetString();
        var read = await _client.AskAsync("GET", $"/api/atlas/v2/relationship/guid/{guid}?extendedInfo=True");

        read.GetProperty("relationship").GetProperty("end2").GetProperty("guid").GetString().ShouldBe(column);
        read.GetProperty("referredEntities").ValueKind.ShouldBe(JsonValueKind.Object);
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("DELETE", $"/api/atlas/v2/relationship/guid/{guid}"));
    }

    [Fact]
    public async Task What_is_purged_has_to_be_archived_before()
    {
        var guid = await HaveAsync("orders");
        await _client.AskAsync("DELETE", $"{Entity}/guid/{guid}");

        var purged = await _client.AskAsync("PUT", "/api/atlas/admin/purge/", $"[\"{guid}\"]");

        purged.GetProperty("mutatedEntities").EnumerateObject().SelectMany(list => list.Value.EnumerateArray()).Select(header => header.GetProperty("guid").GetString()).ShouldContain(guid);
        (await _client.SendAsync("GET", $"{Entity}/guid/{guid}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Periods_of_a_classification_are_objects_to_this_client_and_texts_to_Atlans()
    {
        var guid = await HaveAsync("orders");
        var sent = $$"""[{"typeName":"{{Tag}}","attributes":null,"entityGuid":null,"entityStatus":"ACTIVE","propagate":false,"validityPeriods":[{"startTime":"2026/01/01 00:00:00","endTime":null,"timeZone":"UTC"}],"removePropagationsOnEntityDelete":null}]""";
        await _client.AskAsync("POST", $"{Types}/typedefs/", Definitions());
        AtlanSteps.ShouldBeEmpty(await _client.SendAsync("POST", $"{Entity}/guid/{guid}/classifications", sent));
        const string Period = """{"startTime":"2026/01/01 00:00:00","timeZone":"UTC"}""";

        PeriodOf((await _client.AskAsync("GET", $"{Entity}/guid/{guid}/classifications")).GetProperty("list")[0]).GetRawText().ShouldBe(Period);
        PeriodOf((await ReadAsync(guid)).GetProperty("classifications")[0]).GetRawText().ShouldBe(Period);
        var entity = (await _atlan.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=false&ignoreRelationships=true")).GetProperty("entity");
        PeriodOf(entity.GetProperty("classifications")[0]).GetString().ShouldBe(Period);

        // What either client reads, it can send back, and nothing changes.
        foreach (var tags in new[] { entity.GetProperty("classifications"), (await ReadAsync(guid)).GetProperty("classifications") })
        {
            var again = $$"""{"entities":[{"typeName":"Table","guid":"{{guid}}","attributes":{"name":"orders","qualifiedName":"orders.{{_name}}"},"classifications":{{tags.GetRawText()}}}]}""";
            (await _atlan.AskAsync("POST", "/api/meta/entity/bulk/?replaceTags=true&appendTags=false&replaceBusinessAttributes=false&overwriteBusinessAttributes=false", again)).TryGetProperty("mutatedEntities", out _).ShouldBeFalse();
        }

        var wrong = sent.Replace("""[{"startTime":"2026/01/01 00:00:00","endTime":null,"timeZone":"UTC"}]""", "[\"soon\"]", StringComparison.Ordinal);
        (await _client.SendAsync("PUT", $"{Entity}/guid/{guid}/classifications", wrong)).Status.ShouldBe(400);

        static JsonElement PeriodOf(JsonElement tag) => tag.GetProperty("validityPeriods").EnumerateArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_audit_of_an_entity_is_a_list()
    {
        var guid = await HaveAsync("orders");

        var audit = await _client.AskAsync("GET", $"{Entity}/{guid}/audit?startKey=&count=10");

        var entry = audit.EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("action").GetString().ShouldBe("ENTITY_CREATE");
        entry.GetProperty("entityId").GetString().ShouldBe(guid);
    }

    [Fact]
    public async Task All_glossaries_are_listed_by_name()
    {
        foreach (var letter in (string[])["b", "a"])
        {
            await _client.AskAsync("POST", "/api/atlas/v2/glossary", $$"""{"guid":null,"qualifiedName":null,"name":"{{letter}} {{_name}}","shortDescription":null,"terms":null,"categories":null}""");
        }

        var upwards = await NamesAsync("/api/atlas/v2/glossary?sort=ASC&limit=-1&offset=0");
        var downwards = await NamesAsync("/api/atlas/v2/glossary?sort=DESC&limit=-1&offset=0");

        upwards.Where(name => name.EndsWith($" {_name}", StringComparison.Ordinal)).ShouldBe([$"a {_name}", $"b {_name}"]);
        downwards.Where(name => name.EndsWith($" {_name}", StringComparison.Ordinal)).ShouldBe([$"b {_name}", $"a {_name}"]);
        (await NamesAsync("/api/atlas/v2/glossary?sort=ASC&limit=1&offset=1")).Count.ShouldBe(1);
    }

    private string Classification(string propagate) =>
        $$"""{"typeName":"{{Tag}}","attributes":null,"entityGuid":null,"entityStatus":"ACTIVE","propagate":{{propagate.ToLowerInvariant()}},"validityPeriods":null,"removePropagationsOnEntityDelete":null}""";

    private string Definitions() =>
        $$$"""
        {"enumDefs":null,"structDefs":null,"entityDefs":null,"relationshipDefs":null,
         "classificationDefs":[{"category":"CLASSIFICATION","guid":null,"name":"{{{Tag}}}","description":null,"typeVersion":null,"superTypes":null,"entityTypes":null,"attributeDefs":null}],
         "businessMetadataDefs":[{"category":"BUSINESS_METADATA","guid":null,"name":"{{{Set}}}","description":null,"attributeDefs":[
          {"name":"score","typeName":"int","isOptional":true,"cardinality":"SINGLE","options":{"applicableEntityTypes":"[\"Asset\"]"}},
          {"name":"note","typeName":"string","isOptional":true,"cardinality":"SINGLE","options":{"applicableEntityTypes":"[\"Asset\"]","maxStrLength":"50"}}]}]}
        """;

    private string Name(string table) => Uri.EscapeDataString($"{table}.{_name}");

    private async Task<JsonElement> ReadAsync(string guid) =>
        (await _client.AskAsync("GET", $"{Entity}/guid/{guid}?minExtInfo=False&ignoreRelationships=False")).GetProperty("entity");

    private async Task<List<string>> NamesAsync(string path) =>
        [.. (await _client.AskAsync("GET", path)).EnumerateArray().Select(glossary => glossary.GetProperty("name").GetString()!)];

    private async Task<string> HaveAsync(string name, string typeName = "Table") => (await _client.AskAsync(
        "POST",
        $"{Entity}/",
        $$$"""{"referredEntities":null,"entity":{"typeName":"{{{typeName}}}","attributes":{"qualifiedName":"{{{name}}}.{{{_name}}}","name":"{{{name}}}"},"guid":"-1","""
        + $"{Unset}}}}}")).GetProperty("guidAssignments").GetProperty("-1").GetString()!;
}
