using System.Globalization;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Lineage within the bounds that the settings give, and for whoever may read.</summary>
public sealed class LineageTests
{
    [Fact]
    public async Task A_bound_that_ends_a_list_or_a_graph_is_named_in_the_answer()
    {
        await using var host = await Host.StartAsync("--Lineage:AssetsVisited=3", "--Lineage:AssetsShown=3", "--Lineage:Depth=2");
        var table = await HaveFanAsync(host, tables: 5);

        var list = await host.SendAsync(HttpMethod.Post, "/api/meta/lineage/list", List(table, size: 3));
        var graph = await host.GetAsync($"/api/meta/lineage/{table}");
        var tooMany = await host.SendAsync(HttpMethod.Post, "/api/meta/lineage/list", List(table, size: 4));

        list["entities"].GetArrayLength().ShouldBe(3);
        list["hasMore"].GetBoolean().ShouldBeFalse();
        list["reachedLimits"].GetRawText().ShouldBe("""["assets"]""");
        graph["hasMoreDownstreamVertices"].GetBoolean().ShouldBeTrue();
        graph["reachedLimits"].GetRawText().ShouldBe("""["assets"]""");
        tooMany.Status.ShouldBe(400);
    }

    [Fact]
    public async Task More_conditions_than_allowed_are_refused_once()
    {
        await using var host = await Host.StartAsync("--Lineage:Conditions=2");
        var table = await HaveFanAsync(host, tables: 1);
        var conditions = string.Join(',', Enumerable.Repeat("""{"attributeName":"name","operator":"eq","attributeValue":"x"}""", 5));

        var answer = await host.SendAsync(
            HttpMethod.Post, "/api/meta/lineage/list", List(table, size: 3).Replace("}", $",\"entityFilters\":{{\"criterion\":[{conditions}]}}}}", StringComparison.Ordinal));

        answer.Status.ShouldBe(400);
        answer["problems"].GetArrayLength().ShouldBe(1);
        answer["problems"][0].GetProperty("path").GetString().ShouldBe("entityFilters.criterion[2]");
    }

    [Fact]
    public async Task A_key_that_may_only_read_may_follow_lineage_by_every_call()
    {
        await using var host = await Host.StartAsync();
        var table = await HaveFanAsync(host, tables: 2);
        var key = (await host.SendAsync(HttpMethod.Post, "/api/keys", """{"name":"reader","role":"read-only"}"""))["key"].GetString()!;

        (await host.SendAsAsync(key, HttpMethod.Post, "/api/meta/lineage/list", List(table, size: 10))).Status.ShouldBe(200);
        (await host.SendAsAsync(key, HttpMethod.Post, "/api/meta/lineage/getlineage", $$"""{"guid":"{{table}}"}""")).Status.ShouldBe(200);
        (await host.SendAsAsync(key, HttpMethod.Post, $"/api/atlas/v2/lineage/{table}", "{}")).Status.ShouldBe(200);
        (await host.SendAsAsync(key, HttpMethod.Get, $"/api/atlas/v2/lineage/{table}")).Status.ShouldBe(200);
    }

    private static string List(string guid, int size) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"guid":"{{guid}}","size":{{size}},"from":0,"depth":1000000,"direction":"OUTPUT"}""");

    /// <summary>A table that one process reads to write others; gives its guid.</summary>
    private static async Task<string> HaveFanAsync(Host host, int tables)
    {
        var outputs = Enumerable.Range(0, tables).Select(n => string.Create(CultureInfo.InvariantCulture, $"-{n + 10}")).ToList();
        var saved = await host.SaveAsync(
        [
            """{"typeName":"Table","guid":"-1","attributes":{"name":"a","qualifiedName":"a"}}""",
            .. outputs.Select(guid => $$$"""{"typeName":"Table","guid":"{{{guid}}}","attributes":{"name":"t","qualifiedName":"t{{{guid}}}"}}"""),
            $$$"""{"typeName":"Process","guid":"-2","attributes":{"name":"p","qualifiedName":"p","inputs":[{"typeName":"Table","guid":"-1"}],"outputs":[{{{string.Join(',', outputs.Select(guid => $"{{\"typeName\":\"Table\",\"guid\":\"{guid}\"}}"))}}}]}}""",
        ]);
        return saved["guidAssignments"].GetProperty("-1").GetString()!;
    }
}
