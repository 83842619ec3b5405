using System.Globalization;
using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>A connection with a table below it, saved, read, changed, archived and restored as Atlan's Python client does it.</summary>
public sealed class AtlanAssetScenarios : IDisposable
{
    private const string Save =
        "/api/meta/entity/bulk/?replaceTags=false&appendTags=false&replaceBusinessAttributes=false&overwriteBusinessAttributes=false";

    private readonly WireClient _client;
    private readonly string _connection;
    private int _guids;

    public AtlanAssetScenarios(CatalogServer server)
    {
        _client = WireClient.OfAtlan(server);
        _connection = $"default/snowflake/{server.NewCatalog().Scenario}";
    }

    private string Table => $"{_connection}/shop/public/orders";

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_connection_is_created_with_an_administrators_role_and_read_at_once()
    {
        var roles = await _client.AskAsync("GET", "/api/service/roles?count=True&offset=0&limit=100&filter=%7B%22name%22%3A%22%24admin%22%7D");
        var role = roles.GetProperty("records")[0].GetProperty("id").GetString()!;

        var created = (await _client.AskAsync("POST", Save, Bulk(Connection(role)))).GetProperty("mutatedEntities").GetProperty("CREATE")[0];

        ShouldBeHeader(created, "Connection", _connection, "ACTIVE");
        var guid = created.GetProperty("guid").GetString();
        var read = (await _client.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=true&ignoreRelationships=true")).GetProperty("entity");
        read.GetProperty("attributes").GetProperty("adminRoles")[0].GetString().ShouldBe(role);
    }

    [Fact]
    public async Task A_whole_tree_is_created_and_saving_it_again_changes_nothing()
    {
        var first = await _client.AskAsync("POST", Save, Bulk(Tree()));
        var again = await _client.AskAsync("POST", Save, Bulk(Tree()));

        first.GetProperty("mutatedEntities").GetProperty("CREATE").EnumerateArray().Select(asset => asset.GetProperty("typeName").GetString())
            .ShouldBe(["Connection", "Database", "Schema", "Table", "Column"]);
        again.TryGetProperty("mutatedEntities", out _).ShouldBeFalse(again.GetRawText());
        Assigned(again).ShouldBe(Assigned(first));
        Assigned(again).Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_asset_is_read_by_guid_and_by_name_without_its_relationships()
    {
        var guid = await HaveTableAsync();

        var byGuid = await _client.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=false&ignoreRelationships=true");
        var byName = await _client.AskAsync("GET", $"{ByName}&minExtInfo=false&ignoreRelationships=true");

        byName.GetProperty("entity").GetRawText().ShouldBe(byGuid.GetProperty("entity").GetRawText());
        var entity = byName.GetProperty("entity");
        ShouldBeHeader(entity, "Table", Table, "ACTIVE");
        entity.TryGetProperty("relationshipAttributes", out _).ShouldBeFalse();
        byName.GetProperty("referredEntities").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task With_relationships_each_reference_says_its_type_and_qualified_name()
    {
        await HaveTableAsync();

        var entity = (await _client.AskAsync("GET", $"{ByName}&minExtInfo=false&ignoreRelationships=false")).GetProperty("entity");

        var column = entity.GetProperty("relationshipAttributes").GetProperty("columns")[0];
        column.GetProperty("typeName").GetString().ShouldBe("Column");
        column.GetProperty("guid").GetString().ShouldNotBeNullOrEmpty();
        column.GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe($"{Table}/id");
    }

    [Fact]
    public async Task A_certificate_is_set_and_taken_away_by_a_partial_update()
    {
        var guid = await HaveTableAsync();

        var set = await _client.AskAsync("PUT", ByName, Certificate("\"VERIFIED\"", "\"checked\""));
        var taken = await _client.AskAsync("PUT", ByName, Certificate("null", "null"));

        var updated = set.GetProperty("mutatedEntities").GetProperty("PARTIAL_UPDATE")[0];
        updated.GetProperty("guid").GetString().ShouldBe(guid);
        updated.GetProperty("attributes").GetProperty("certificateStatus").GetString().ShouldBe("VERIFIED");
        taken.GetProperty("mutatedEntities").GetProperty("PARTIAL_UPDATE")[0].GetProperty("attributes").TryGetProperty("certificateStatus", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_is_archived_stays_readable_and_is_restored()
    {
        var guid = await HaveTableAsync();

        var deleted = await _client.AskAsync("DELETE", $"/api/meta/entity/bulk/?deleteType=SOFT&guid={guid}");
        var archived = await _client.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=true&ignoreRelationships=true");
        var restored = await _client.AskAsync("POST", Restore, Bulk(
            $$"""{"typeName":"Table","attributes":{"name":"orders","qualifiedName":"{{Table}}"},"status":"ACTIVE","businessAttributes":null}"""));
        var active = await _client.AskAsync("GET", $"{ByName}&minExtInfo=false&ignoreRelationships=false");

        ShouldBeHeader(deleted.GetProperty("mutatedEntities").GetProperty("DELETE")[0], "Table", Table, "DELETED");
        archived.GetProperty("entity").GetProperty("status").GetString().ShouldBe("DELETED");
        restored.GetProperty("guidAssignments").ValueKind.ShouldBe(JsonValueKind.Object);
        ShouldBeHeader(restored.GetProperty("mutatedEntities").GetProperty("UPDATE")[0], "Table", Table, "ACTIVE");
        active.GetProperty("entity").GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task What_is_not_there_is_404_with_a_code_and_a_message()
    {
        var byName = await _client.SendAsync("GET", $"{ByName}&minExtInfo=false&ignoreRelationships=true");
        var byGuid = await _client.SendAsync("GET", "/api/meta/entity/guid/00000000-0000-4000-8000-000000000000?minExtInfo=false&ignoreRelationships=true");

        (byName.Status, byGuid.Status).ShouldBe((404, 404));
        byName.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-404-00-009");
        byGuid.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-404-00-005");
    }

    private static string Restore =>
        "/api/meta/entity/bulk/?replaceClassifications=false&replaceBusinessAttributes=false&overwriteBusinessAttributes=false";

    private string ByName => $"/api/meta/entity/uniqueAttribute/type/Table?attr%3AqualifiedName={Uri.EscapeDataString(Table)}";

    private async Task<string> HaveTableAsync()
    {
        var answer = await _client.AskAsync("POST", Save, Bulk(Tree()));
        return answer.GetProperty("mutatedEntities").GetProperty("CREATE")[3].GetProperty("guid").GetString()!;
    }

    private static void ShouldBeHeader(JsonElement asset, string typeName, string qualifiedName, string status)
    {
        asset.GetProperty("typeName").GetString().ShouldBe(typeName);
        asset.GetProperty("status").GetString().ShouldBe(status);
        Guid.TryParse(asset.GetProperty("guid").GetString(), out _).ShouldBeTrue();
        asset.GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldBe(qualifiedName);
        asset.GetProperty("attributes").GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
    }

    private static List<string> Assigned(JsonElement answer) =>
        [.. answer.GetProperty("guidAssignments").EnumerateObject().Select(pair => pair.Value.GetString()!)];

    private static string Bulk(params string[] entities) => $$"""{"entities": [{{string.Join(", ", entities)}}]}""";

    private string[] Tree() =>
    [
        Connection("a-role"),
        Asset("Database", "shop", $"{_connection}/shop", ""),
        Asset("Schema", "public", $"{_connection}/shop/public", Reference("database", "Database", $"{_connection}/shop")),
        Asset("Table", "orders", Table, Reference("atlanSchema", "Schema", $"{_connection}/shop/public")),
        Asset("Column", "id", $"{Table}/id", Reference("table", "Table", Table) + """, "order": 1, "dataType": "NUMBER" """),
    ];

    // The client counts its guids on from save to save, so an asset that is sent again has another one.
    private string NextGuid() => string.Create(CultureInfo.InvariantCulture, $"-{++_guids}0000000000000");

    private string Connection(string role) =>
        $$"""{"typeName": "Connection", "attributes": {"name": "shop", "qualifiedName": "{{_connection}}", "connectorName": "snowflake", "category": "warehouse", "host": null, "port": null, "adminUsers": [], "adminGroups": [], "adminRoles": ["{{role}}"]}, "guid": "{{NextGuid()}}", "businessAttributes": null}""";

    private string Asset(string typeName, string name, string qualifiedName, string more) =>
        $$"""{"typeName": "{{typeName}}", "attributes": {"name": "{{name}}", "qualifiedName": "{{qualifiedName}}", "connectorName": "snowflake", "connectionQualifiedName": "{{_connection}}"{{more}}}, "guid": "{{NextGuid()}}", "businessAttributes": null}""";

    private static string Reference(string end, string typeName, string qualifiedName) =>
        $$$""", "{{{end}}}": {"typeName": "{{{typeName}}}", "attributes": {}, "uniqueAttributes": {"qualifiedName": "{{{qualifiedName}}}"}}""";

    private string Certificate(string status, string message) =>
        $$$"""{"entity": {"typeName": "Table", "attributes": {"qualifiedName": "{{{Table}}}", "name": "orders", "certificateStatus": {{{status}}}, "certificateStatusMessage": {{{message}}}}, "businessAttributes": null}}""";
}
