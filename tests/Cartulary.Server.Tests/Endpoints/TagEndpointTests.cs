using System.Text;
using System.Text.Json;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class TagEndpointTests
{
    [Theory]
    [InlineData("/api/meta")]
    [InlineData("/api/atlas/v2")]
    public async Task A_tag_is_attached_changed_read_and_removed(string prefix)
    {
        await using var host = await StartAsync();
        var (table, column) = await HaveTableAsync(host, "t");
        var tags = $"{prefix}/entity/guid/{table}/classifications";

        (await ChangeAsync(host, HttpMethod.Post, tags, """[{"typeName":"Pii","entityStatus":"ACTIVE","propagate":true,"attributes":null}]"""))
            .ShouldBe([$"CLASSIFICATION_ADD {table} Pii", $"CLASSIFICATION_ADD {column} Pii"]);
        (await ChangeAsync(host, HttpMethod.Put, tags, """[{"typeName":"Pii","attributes":{"level":2}}]"""))
            .ShouldBe([$"CLASSIFICATION_UPDATE {table} Pii", $"CLASSIFICATION_UPDATE {column} Pii"]);
        var list = (await host.GetAsync($"{prefix}/entity/guid/{column}/classifications")).Body;
        list.GetProperty("totalCount").GetInt32().ShouldBe(1);
        list.GetProperty("list")[0].GetProperty("entityGuid").GetString().ShouldBe(table);
        (await host.GetAsync($"{prefix}/entity/guid/{column}/classification/Pii")).Body.GetProperty("attributes").GetRawText().ShouldBe("""{"level":2}""");
        (await ChangeAsync(host, HttpMethod.Delete, $"{prefix}/entity/guid/{table}/classification/Pii"))
            .ShouldBe([$"CLASSIFICATION_DELETE {table} Pii", $"CLASSIFICATION_DELETE {column} Pii"]);
        (await host.GetAsync($"{prefix}/entity/guid/{column}/classification/Pii")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Every_way_to_attach_a_tag_tells_the_same()
    {
        await using var host = await StartAsync();
        var tag = """{"typeName":"Pii","attributes":{"level":2}}""";
        var told = new List<string>();
        foreach (var (name, attach) in new (string, Func<string, Task<List<string>>>)[]
        {
            ("a", guid => ChangeAsync(host, HttpMethod.Post, $"/api/meta/entity/guid/{guid}/classifications", $"[{tag}]")),
            ("b", _ => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/uniqueAttribute/type/Table/classifications?attr:qualifiedName=b", $"[{tag}]")),
            ("c", guid => ChangeAsync(host, HttpMethod.Post, "/api/atlas/v2/entity/bulk//classification", $$"""{"classification":{{tag}},"entityGuids":["{{guid}}"]}""")),
            ("d", _ => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk/classification", $$"""{"classification":{{tag}},"entityTypeName":"Table","entitiesUniqueAttributes":[{"qualifiedName":"d"}]}""")),
            ("e", guid => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk/classification/displayName", $$"""{"classification":{{tag.Replace("Pii", "Personal data", StringComparison.Ordinal)}},"entityGuids":["{{guid}}"]}""")),
            ("f", guid => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk/setClassifications", $$$"""{"guidHeaderMap":{"{{{guid}}}":{"classifications":[{{{tag}}}] } } }""", 200)),
            ("g", _ => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk?appendTags=true", Table("g", $"\"addOrUpdateClassifications\":[{tag}]"), 200)),
            ("h", _ => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk?replaceTags=true", Table("h", $"\"classifications\":[{tag}]"), 200)),
            ("i", _ => ChangeAsync(host, HttpMethod.Post, "/api/meta/entity/bulk?replaceClassifications=true", Table("i", $"\"classifications\":[{tag}]"), 200)),
        })
        {
            var (table, column) = await HaveTableAsync(host, name);
            told.Add(string.Join('\n', await attach(table)).Replace(table, "table", StringComparison.Ordinal).Replace(column, "column", StringComparison.Ordinal));
        }

        told.ShouldAllBe(events => events == "CLASSIFICATION_ADD table Pii\nCLASSIFICATION_ADD column Pii");
    }

    [Fact]
    public async Task A_refused_call_says_what_is_wrong_with_each_asset_and_changes_nothing()
    {
        await using var host = await StartAsync();
        var (table, column) = await HaveTableAsync(host, "t");
        await ChangeAsync(host, HttpMethod.Post, $"/api/meta/entity/guid/{table}/classifications", """[{"typeName":"Pii"}]""");
        var head = await HeadAsync(host);

        var answer = await host.SendAsync(
            HttpMethod.Post, "/api/meta/entity/bulk/classification", $$"""{"classification":{"typeName":"Pii"},"entityGuids":["{{column}}","{{table}}"]}""");

        answer.Status.ShouldBe(400);
        answer["errorCode"].GetString().ShouldBe("ATLAS-400-00-01A");
        answer["entityGuid"].GetString().ShouldBe(table);
        (await HeadAsync(host)).ShouldBe(head);
    }

    [Fact]
    public async Task What_a_save_leaves_to_the_job_is_seen_and_comes()
    {
        await using var host = await StartAsync("--Limits:PassedOnPerSave=0", "--Limits:PassedOnPerCommit=1");
        var (table, column) = await HaveTableAsync(host, "t");
        var head = await HeadAsync(host);

        (await host.SendAsync(HttpMethod.Post, $"/api/meta/entity/guid/{table}/classifications?receipts=true", """[{"typeName":"Pii"}]""")).Status.ShouldBe(200);

        var feed = await host.GetAsync($"/api/events?after={head + 1}&wait=20");
        feed["events"][0].GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("guid").GetString().ShouldBe(column);
        while ((await host.GetAsync("/api/tags/pending"))["pending"].GetArrayLength() > 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        (await HeadAsync(host)).ShouldBe(head + 2);
    }

    private static async Task<Host> StartAsync(params string[] settings)
    {
        var host = await Host.StartAsync(settings);
        await host.Catalog.Types.DefineAsync(host.Catalog.Store, TagModel.Types);
        return host;
    }

    private static async Task<(string Table, string Column)> HaveTableAsync(Host host, string name)
    {
        var saved = await host.SaveAsync(
            $$"""{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"{{name}}","name":"{{name}}"} }""",
            $$"""{"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"{{name}}/c","name":"c","table":{"guid":"-1"} } }""");
        return (saved["guidAssignments"].GetProperty("-1").GetString()!, saved["guidAssignments"].GetProperty("-2").GetString()!);
    }

    private static string Table(string name, string members) =>
        $$"""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"{{name}}","name":"{{name}}"},{{members}}}]}""";

    /// <summary>Sends a change that must succeed; what it told.</summary>
    private static async Task<List<string>> ChangeAsync(Host host, HttpMethod method, string path, string? json = null, int status = 204)
    {
        var head = await HeadAsync(host);
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. (await host.GetAsync($"/api/events?after={head}"))["events"].EnumerateArray().Select(item => Line(item.GetProperty("envelope").GetProperty("message")))];
    }

    private static string Line(JsonElement message) =>
        $"{message.GetProperty("operationType").GetString()} {message.GetProperty("entity").GetProperty("guid").GetString()} "
        + string.Join(',', message.GetProperty("mutatedDetails").EnumerateArray().Select(tag => tag.GetProperty("typeName").GetString()));

    private static async Task<long> HeadAsync(Host host) => (await host.GetAsync("/api/events"))["head"].GetInt64();
}
