using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class KeyEndpointTests
{
    private const string Path = "/api/keys";

    [Theory]
    [InlineData("administrator", 200, 200, 200)]
    [InlineData("editor", 200, 200, 403)]
    [InlineData("read-only", 200, 403, 403)]
    public async Task A_made_key_may_at_once_do_what_its_role_says(string role, int reading, int saving, int managing)
    {
        await using var host = await Host.StartAsync();

        var key = await MakeAsync(host, "someone", role);

        (await host.SendAsAsync(key, HttpMethod.Get, "/api/meta/types/typedef/name/Table")).Status.ShouldBe(reading);
        (await host.SendAsAsync(key, HttpMethod.Post, "/api/meta/entity/bulk", $$"""{"entities":[{{Entities.Table}}]}""")).Status.ShouldBe(saving);
        (await host.SendAsAsync(key, HttpMethod.Put, "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=default/sqlite/1/orders",
            """{"entity":{"typeName":"Table","attributes":{"description":"x"}}}""")).Status.ShouldBe(saving == 200 ? 200 : 403);
        (await host.SendAsAsync(key, HttpMethod.Delete, "/api/meta/entity/bulk?guid=00000000-0000-0000-0000-000000000001")).Status.ShouldBe(saving);
        (await host.SendAsAsync(key, HttpMethod.Post, "/api/meta/types/typedefs", """{"enumDefs":[{"name":"Grade","elementDefs":[]}]}""")).Status.ShouldBe(managing);
        (await host.SendAsAsync(key, HttpMethod.Put, "/api/atlas/v2/types/typedefs", """{"enumDefs":[{"name":"Grade","elementDefs":[]}]}""")).Status.ShouldBe(managing);
        (await host.SendAsAsync(key, HttpMethod.Delete, "/api/meta/types/typedef/name/Grade")).Status.ShouldBe(managing == 200 ? 204 : 403);
        (await host.SendAsAsync(key, HttpMethod.Get, Path)).Status.ShouldBe(managing);
        (await host.SendAsAsync(key, HttpMethod.Post, Path, """{"name":"other","role":"read-only"}""")).Status.ShouldBe(managing);
        (await host.SendAsAsync(key, HttpMethod.Delete, $"{Path}/nothing")).Status.ShouldBe(managing == 200 ? 404 : 403);
    }

    [Fact]
    public async Task A_key_is_shown_when_it_is_made_and_never_again()
    {
        await using var host = await Host.StartAsync();

        var made = await host.SendAsync(HttpMethod.Post, Path, """{"name":"crawler","role":"editor"}""");
        var listed = await host.GetAsync(Path);

        made["key"].GetString().ShouldStartWith("ctl_");
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        listed["keys"].EnumerateArray().Select(key => $"{key.GetProperty("name")} {key.GetProperty("role")}").ShouldBe(["admin administrator", "crawler editor"]);
        listed["keys"].EnumerateArray().SelectMany(key => key.EnumerateObject()).Select(member => member.Name).Distinct()
            .ShouldBe(["id", "name", "role", "created"]);
        listed.Body.GetRawText().ShouldNotContain(made["key"].GetString()!);
    }

    [Fact]
    public async Task A_revoked_key_ends_with_the_answer()
    {
        await using var host = await Host.StartAsync();
        var made = await host.SendAsync(HttpMethod.Post, Path, """{"name":"crawler","role":"editor"}""");
        (await host.SendAsAsync(made["key"].GetString()!, HttpMethod.Get, "/api/events")).Status.ShouldBe(200);

        var revoked = await host.SendAsync(HttpMethod.Delete, $"{Path}/{made["id"].GetString()}");

        revoked.Status.ShouldBe(200);
        revoked["revoked"].GetInt64().ShouldBePositive();
        (await host.SendAsAsync(made["key"].GetString()!, HttpMethod.Get, "/api/events")).Status.ShouldBe(401);
        (await host.GetAsync("/api/service/users"))["records"].EnumerateArray().Select(user => user.GetProperty("username").GetString()).ShouldBe(["admin"]);
    }

    [Fact]
    public async Task Revoking_again_answers_the_same()
    {
        await using var host = await Host.StartAsync();
        var id = (await host.SendAsync(HttpMethod.Post, Path, """{"name":"crawler","role":"editor"}"""))["id"].GetString();

        var first = await host.SendAsync(HttpMethod.Delete, $"{Path}/{id}");
        var second = await host.SendAsync(HttpMethod.Delete, $"{Path}/{id}");

        (second.Status, second.Body.GetRawText()).ShouldBe((200, first.Body.GetRawText()));
    }

    [Fact]
    public async Task The_last_administrators_key_stays_in_use()
    {
        await using var host = await Host.StartAsync();
        await MakeAsync(host, "crawler", "editor");
        var id = (await host.GetAsync(Path))["keys"][0].GetProperty("id").GetString();

        var refused = await host.SendAsync(HttpMethod.Delete, $"{Path}/{id}");
        await MakeAsync(host, "second", "administrator");
        var revoked = await host.SendAsync(HttpMethod.Delete, $"{Path}/{id}");

        (refused.Status, refused.Code).ShouldBe((409, "CARTULARY-409-00-002"));
        revoked.Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Delete, $"{Path}/00000000-0000-0000-0000-000000000001");

        (answer.Status, answer.Code).ShouldBe((404, "CARTULARY-404-00-002"));
    }

    [Theory]
    [InlineData("""{"role":"editor"}""", "name")]
    [InlineData("""{"name":"","role":"editor"}""", "name")]
    [InlineData("""{"name":" a","role":"editor"}""", "name")]
    [InlineData("""{"name":"a\nb","role":"editor"}""", "name")]
    [InlineData("""{"name":7,"role":"editor"}""", "name")]
    [InlineData("""{"name":"a"}""", "role")]
    [InlineData("""{"name":"a","role":"owner"}""", "role")]
    [InlineData("""{"name":"a","role":"editor","expires":5}""", "expires")]
    [InlineData("""{"name":"a","name":"b","role":"editor"}""", "")]
    [InlineData("""{"name":"\ud800","role":"editor"}""", "")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public async Task A_request_that_is_wrong_makes_no_key(string body, string path)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, Path, body);

        answer.Status.ShouldBe(400);
        answer["problems"][0].GetProperty("path").GetString().ShouldBe(path);
        (await host.GetAsync(Path))["keys"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_name_has_a_longest_length()
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Post, Path, Request(new string('a', 100)))).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Post, Path, Request(new string('a', 101)))).Status.ShouldBe(400);
    }

    private static string Request(string name) => $$"""{"name":"{{name}}","role":"editor"}""";

    private static async Task<string> MakeAsync(Host host, string name, string role) =>
        (await host.SendAsync(HttpMethod.Post, Path, $$"""{"name":"{{name}}","role":"{{role}}"}"""))["key"].GetString()!;
}
