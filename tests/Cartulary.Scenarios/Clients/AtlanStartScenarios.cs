using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>What Atlan's Python client asks before it saves anything, as it stands on the wire.</summary>
public sealed class AtlanStartScenarios(CatalogServer server) : IDisposable
{
    private const string Users =
        "/api/service/users?sort=username&count=true&limit=20&maxLoginEvents=1&columns=firstName&columns=lastName&columns=username&columns=id&columns=email";

    private static readonly string[] ListMembers = ["totalRecord", "filterRecord", "records"];

    private readonly WireClient _client = WireClient.OfAtlan(server);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Roles_are_found_by_the_sign_that_their_names_begin_with()
    {
        var answer = await _client.AskAsync(
            "GET", "/api/service/roles?count=True&offset=0&limit=100&filter=%7B%22name%22%3A%7B%22%24ilike%22%3A%22%24%25%22%7D%7D");

        answer.EnumerateObject().Select(member => member.Name).ShouldBe(ListMembers);
        Texts(answer, "name").ShouldBe(["$admin", "$member", "$guest", "$api-token-default-access"]);
        Texts(answer, "id").ShouldAllBe(id => Guid.Parse(id) != Guid.Empty);
    }

    [Fact]
    public async Task Users_are_the_names_of_keys_and_pages_end()
    {
        var first = await _client.AskAsync("GET", $"{Users}&offset=0");
        var last = await _client.AskAsync("GET", $"{Users}&offset={first.GetProperty("totalRecord").GetInt32()}");

        Texts(first, "username").ShouldContain("admin");
        foreach (var user in first.GetProperty("records").EnumerateArray())
        {
            user.GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
            user.GetProperty("email").ValueKind.ShouldBe(JsonValueKind.String);
        }

        last.EnumerateObject().Select(member => member.Name).ShouldBe(ListMembers);
        last.GetProperty("records").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("%7B%22username%22%3A%22admin%22%7D", 1)]
    [InlineData("%7B%22username%22%3A%7B%22%24in%22%3A%5B%22admin%22%2C%22nobody%22%5D%7D%7D", 1)]
    [InlineData("%7B%22username%22%3A%22nobody%22%7D", 0)]
    [InlineData("%7B%22email%22%3A%7B%22%24ilike%22%3A%22%25a%40b%25%22%7D%7D", 0)]
    [InlineData("%7B%22enabled%22%3Atrue%2C%22username%22%3A%22admin%22%7D", 1)]
    [InlineData("%7B%22%24and%22%3A%5B%7B%22username%22%3A%7B%22%24ilike%22%3A%22%25DMI%25%22%7D%7D%5D%7D", 1)]
    public async Task A_user_is_found_by_a_filter(string filter, int found)
    {
        var answer = await _client.AskAsync("GET", $"{Users}&offset=0&filter={filter}");

        answer.GetProperty("records").GetArrayLength().ShouldBe(found);
        answer.GetProperty("filterRecord").GetInt32().ShouldBe(found);
    }

    [Theory]
    [InlineData("%7B")]
    [InlineData("%5B%5D")]
    [InlineData("%7B%22username%22%3A%7B%22%24regex%22%3A%22.%22%7D%7D")]
    [InlineData("%7B%22%24and%22%3A%7B%7D%7D")]
    public async Task A_filter_that_cannot_be_understood_is_refused_and_not_passed_over(string filter)
    {
        var answer = await _client.SendAsync("GET", $"{Users}&offset=0&filter={filter}");

        (answer.Status, answer.Body.GetProperty("errorCode").GetString()).ShouldBe((400, "ATLAS-400-00-01A"));
    }

    [Theory]
    [InlineData("v2/groups?sort=name&count=true&offset=0&limit=20")]
    [InlineData("groups?offset=0&limit=20&sort=name&count=true")]
    [InlineData("apikeys?count=True&offset=0&limit=5&filter=%7B%22clientId%22%3A%22service-account-x%22%7D")]
    public async Task There_are_no_groups_and_no_tokens(string path)
    {
        var answer = await _client.AskAsync("GET", $"/api/service/{path}");

        answer.EnumerateObject().Select(member => member.Name).ShouldBe(ListMembers);
        answer.GetProperty("records").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_client_learns_who_it_is()
    {
        var current = await _client.AskAsync("GET", "/api/service/users/current");
        var roles = await _client.AskAsync("GET", "/api/service/whoami");

        current.GetProperty("username").GetString().ShouldBe("admin");
        var listed = await _client.AskAsync("GET", $"{Users}&offset=0&filter=%7B%22username%22%3A%22admin%22%7D");
        current.GetProperty("id").GetString().ShouldBe(Texts(listed, "id").Single());
        roles.GetProperty("roles").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("$admin");
    }

    [Theory]
    [InlineData("GET", "workflows")]
    [InlineData("GET", "users/x/sessions")]
    [InlineData("POST", "workflows/indexsearch")]
    public async Task Whatever_else_a_tenant_has_is_not_found(string method, string path)
    {
        var answer = await _client.SendAsync(method, $"/api/service/{path}", method == "POST" ? "{}" : null);

        answer.Status.ShouldBe(404);
        answer.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-404-00-001");
    }

    [Theory]
    [InlineData("type=CLASSIFICATION&type=STRUCT", "structDefs")]
    [InlineData("type=BUSINESS_METADATA&type=STRUCT", "structDefs")]
    [InlineData("type=ENUM", "enumDefs")]
    public async Task The_definitions_that_its_caches_load_are_never_none(string query, string list)
    {
        var answer = await _client.AskAsync("GET", $"/api/meta/types/typedefs/?{query}");

        answer.GetProperty(list).GetArrayLength().ShouldBePositive();
        answer.EnumerateObject().ShouldAllBe(member => member.Value.ValueKind == JsonValueKind.Array);
    }

    [Theory]
    [InlineData("certificate_status", "ENUM")]
    [InlineData("Table", "ENTITY")]
    [InlineData("table_columns", "RELATIONSHIP")]
    public async Task A_single_definition_says_its_category(string name, string category)
    {
        var answer = await _client.AskAsync("GET", $"/api/meta/types/typedef/name/{name}");

        answer.GetProperty("category").GetString().ShouldBe(category);
        answer.GetProperty("name").GetString().ShouldBe(name);
        answer.GetRawText().ShouldNotContain(":null");
    }

    [Fact]
    public async Task Every_definition_says_its_category_and_holds_no_null()
    {
        var answer = await _client.AskAsync("GET", "/api/meta/types/typedefs/");

        answer.EnumerateObject().SelectMany(list => list.Value.EnumerateArray())
            .ShouldAllBe(definition => definition.GetProperty("category").GetString() != "");
        answer.GetRawText().ShouldNotContain(":null");
    }

    private static List<string> Texts(JsonElement answer, string member) =>
        [.. answer.GetProperty("records").EnumerateArray().Select(record => record.GetProperty(member).GetString()!)];
}
