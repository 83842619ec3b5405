using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>The calls of Apache Atlas's Python client, as they stand on the wire: Basic, True and False, every unset member null.</summary>
public sealed class ApacheAtlasScenarios : IClassFixture<CatalogServer>, IDisposable
{
    private const string Entity = "/api/atlas/v2/entity";
    private const string Types = "/api/atlas/v2/types";

    private readonly WireClient _client;
    private readonly string _name;

    public ApacheAtlasScenarios(CatalogServer server)
    {
        _client = WireClient.OfApacheAtlas(server);
        _name = $"{server.NewCatalog().Scenario}@cluster";
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_entity_is_created_read_and_saved_again_without_a_change()
    {
        var created = await _client.AskAsync("POST", $"{Entity}/", Single("orders"));
        var again = await _client.AskAsync("POST", $"{Entity}/", Single("orders"));

        var header = created.GetProperty("mutatedEntities").GetProperty("CREATE")[0];
        var guid = header.GetProperty("guid").GetString();
        created.GetProperty("guidAssignments").GetProperty("-17000000000001").GetString().ShouldBe(guid);
        again.TryGetProperty("mutatedEntities", out _).ShouldBeFalse(again.GetRawText());
        again.GetProperty("guidAssignments").GetProperty("-17000000000001").GetString().ShouldBe(guid);
        var byGuid = await _client.AskAsync("GET", $"{Entity}/guid/{guid}?minExtInfo=False&ignoreRelationships=False");
        byGuid.GetProperty("entity").GetProperty("attributes").GetProperty("name").GetString().ShouldBe("orders");
        var byName = await _client.AskAsync("GET", $"{Entity}/uniqueAttribute/type/Table?attr%3AqualifiedName={Name("orders")}&minExtInfo=False&ignoreRelationships=True");
        byName.GetProperty("entity").GetProperty("guid").GetString().ShouldBe(guid);
    }

    [Fact]
    public async Task Several_entities_are_created_and_read_by_guids_and_by_names()
    {
        var created = await _client.AskAsync("POST", $"{Entity}/bulk/", Many("orders", "items"));
        var guids = created.GetProperty("mutatedEntities").GetProperty("CREATE").EnumerateArray().Select(header => header.GetProperty("guid").GetString()).ToList();

        var byGuids = await _client.AskAsync("GET", $"{Entity}/bulk/?guid={guids[0]}&guid={guids[1]}&minExtInfo=False&ignoreRelationships=False");
        var byNames = await _client.AskAsync(
            "GET", $"{Entity}/bulk/uniqueAttribute/type/Table?attr_0%3AqualifiedName={Name("items")}&attr_1%3AqualifiedName={Name("orders")}&minExtInfo=False&ignoreRelationships=False");

        Guids(byGuids).ShouldBe(guids);
        Guids(byNames).ShouldBe([guids[1], guids[0]]);
        byNames.GetProperty("referredEntities").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task Of_names_read_together_every_unknown_one_is_told()
    {
        await _client.AskAsync("POST", $"{Entity}/bulk/", Many("orders"));

        var answer = await _client.SendAsync(
            "GET", $"{Entity}/bulk/uniqueAttribute/type/Table?attr_0:qualifiedName={Name("a")}&attr_1:qualifiedName={Name("orders")}&attr_2:qualifiedName={Name("b")}");

        answer.Status.ShouldBe(404);
        answer.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-404-00-009");
        answer.Body.GetProperty("problems").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("", "ATLAS-400-00-01A")]
    [InlineData("attr_0:qualifiedName=", "ATLAS-400-00-01A")]
    [InlineData("attr_x:qualifiedName=a", "ATLAS-400-00-01A")]
    [InlineData("attr_0:qualifiedName=a&attr_0:name=b", "ATLAS-400-00-01A")]
    [InlineData("attr_0:name=b", "ATLAS-400-00-013")]
    public async Task Names_that_cannot_be_understood_are_refused(string query, string code)
    {
        var answer = await _client.SendAsync("GET", $"{Entity}/bulk/uniqueAttribute/type/Table?{query}");

        (answer.Status, answer.Body.GetProperty("errorCode").GetString()).ShouldBe((400, code));
    }

    [Fact]
    public async Task Headers_are_read_by_guid_and_by_name()
    {
        var guid = await HaveAsync("orders");

        var byGuid = await _client.AskAsync("GET", $"{Entity}/guid/{guid}/header");
        var byName = await _client.AskAsync("GET", $"{Entity}/uniqueAttribute/type/Table/header?attr%3AqualifiedName={Name("orders")}");

        byGuid.GetProperty("displayText").GetString().ShouldBe("orders");
        byName.GetRawText().ShouldBe(byGuid.GetRawText());
    }

    [Fact]
    public async Task An_entity_is_deleted_by_guid_by_name_and_with_others()
    {
        var guid = await HaveAsync("orders");
        await HaveAsync("items");
        var third = await HaveAsync("third");

        var one = await _client.AskAsync("DELETE", $"{Entity}/guid/{guid}");
        var named = await _client.AskAsync("DELETE", $"{Entity}/uniqueAttribute/type/Table?attr%3AqualifiedName={Name("items")}");
        var many = await _client.AskAsync("DELETE", $"{Entity}/bulk/?guid={guid}&guid={third}");

        one.GetProperty("mutatedEntities").GetProperty("DELETE")[0].GetProperty("guid").GetString().ShouldBe(guid);
        named.GetProperty("mutatedEntities").GetProperty("DELETE").GetArrayLength().ShouldBe(1);
        many.GetProperty("mutatedEntities").GetProperty("DELETE").EnumerateArray().Single().GetProperty("guid").GetString().ShouldBe(third);
    }

    [Fact]
    public async Task Definitions_are_read_by_name_and_by_guid()
    {
        var all = await _client.AskAsync("GET", $"{Types}/typedefs/");
        var headers = await _client.AskAsync("GET", $"{Types}/typedefs/headers");
        var table = await _client.AskAsync("GET", $"{Types}/entitydef/name/Table");
        var same = await _client.AskAsync("GET", $"{Types}/typedef/guid/{table.GetProperty("guid").GetString()}");

        same.GetRawText().ShouldBe(table.GetRawText());
        var builtIn = all.EnumerateObject().SelectMany(list => list.Value.EnumerateArray()).Where(type => type.GetProperty("createdBy").GetString() == "cartulary");
        builtIn.Select(type => type.GetProperty("name").GetString()).ShouldBeSubsetOf(headers.EnumerateArray().Select(header => header.GetProperty("name").GetString()));
        foreach (var super in new[] { "DataSet", "Process", "Asset", "Referenceable", "Infrastructure" })
        {
            (await _client.AskAsync("GET", $"{Types}/entitydef/name/{super}")).GetProperty("category").GetString().ShouldBe("ENTITY");
        }
    }

    [Fact]
    public async Task A_definition_that_is_not_there_is_404()
    {
        (await _client.SendAsync("GET", $"{Types}/typedef/name/nothing")).Status.ShouldBe(404);
        (await _client.SendAsync("GET", $"{Types}/entitydef/guid/nothing")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_server_tells_about_itself()
    {
        var version = await _client.AskAsync("GET", "/api/atlas/admin/version");
        var status = await _client.AskAsync("GET", "/api/atlas/admin/status");
        var session = await _client.AskAsync("GET", "/api/atlas/admin/session");
        var metrics = await _client.AskAsync("GET", "/api/atlas/admin/metrics");

        version.GetProperty("Name").GetString().ShouldBe("cartulary");
        version.GetProperty("Version").GetString().ShouldNotBeNullOrEmpty();
        status.GetProperty("Status").GetString().ShouldBe("ACTIVE");
        session.GetProperty("userName").GetString().ShouldBe("admin");
        metrics.GetProperty("data").GetProperty("general").GetProperty("typeCount").GetInt32().ShouldBePositive();
    }

    private static List<string?> Guids(JsonElement answer) =>
        [.. answer.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("guid").GetString())];

    private string Name(string table) => Uri.EscapeDataString($"{table}.{_name}");

    private async Task<string> HaveAsync(string table) =>
        (await _client.AskAsync("POST", $"{Entity}/", Single(table))).GetProperty("guidAssignments").GetProperty("-17000000000001").GetString()!;

    private string Single(string table) => $$"""{"referredEntities": null, "entity": {{Member(table, 1)}}}""";

    private string Many(params string[] tables) =>
        $$"""{"referredEntities": null, "entities": [{{string.Join(", ", tables.Select((table, index) => Member(table, index + 1)))}}]}""";

    private string Member(string table, int number) =>
        $$$"""{"typeName": "Table", "attributes": {"qualifiedName": "{{{table}}}.{{{_name}}}", "name": "{{{table}}}"}, "guid": "-1700000000000{{{number}}}", "homeId": null, "relationshipAttributes": null, "classifications": null, "meanings": null, "customAttributes": null, "businessAttributes": null, "labels": null, "status": null, "isIncomplete": null, "provenanceType": null, "proxy": null, "version": null, "createdBy": null, "updatedBy": null, "createTime": null, "updateTime": null}""";
}
