using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Versions, differences and blame over HTTP.</summary>
public sealed class HistoryTests
{
    private const string Named = "/api/atlas/v2/entity/uniqueAttribute/type/Table";
    private const string Name = "attr:qualifiedName=default/sqlite/1/orders";

    [Fact]
    public async Task Versions_come_newest_first_with_who_and_what()
    {
        await using var host = await Host.StartAsync();
        var table = await LiveAsync(host);

        var answer = await host.GetAsync($"/api/meta/entity/guid/{table}/versions");

        answer["guid"].GetString().ShouldBe(table);
        answer["typeName"].GetString().ShouldBe("Table");
        answer.Body.TryGetProperty("next", out _).ShouldBeFalse();
        var events = (await host.GetAsync("/api/events"))["events"];
        var created = events[0].GetProperty("envelope").GetProperty("message").GetProperty("mutatedDetails").GetProperty("attributes");
        var names = created.EnumerateObject().Select(attribute => attribute.Name).Order(StringComparer.Ordinal);
        Lines(answer).ShouldBe(
        [
            "4 ENTITY_DELETE #6 [] [columns] status",
            "3 ENTITY_UPDATE #4 [] [columns]",
            "2 ENTITY_UPDATE #2 [description,rowCount] [] labels",
            $"1 ENTITY_CREATE #1 [{string.Join(',', names)}] [] status",
        ]);
        var message = events[1].GetProperty("envelope").GetProperty("message");
        var second = answer["versions"][2];
        second.GetProperty("saveId").GetString().ShouldBe(message.GetProperty("saveId").GetString());
        second.GetProperty("time").GetInt64().ShouldBe(message.GetProperty("eventTime").GetInt64());
        second.GetProperty("actor").GetString().ShouldBe(message.GetProperty("entity").GetProperty("updatedBy").GetString());
        (await host.GetAsync($"{Named}/versions?{Name}")).Body.GetRawText().ShouldBe(answer.Body.GetRawText());
    }

    [Fact]
    public async Task Versions_come_in_pages()
    {
        await using var host = await Host.StartAsync();
        await LiveAsync(host);

        var first = await host.GetAsync($"{Named}/versions?{Name}&limit=3");
        var second = await host.GetAsync($"{Named}/versions?{Name}&limit=3&before={first["next"]}");

        first["versions"].GetArrayLength().ShouldBe(3);
        first["next"].GetInt64().ShouldBe(2);
        second["versions"].EnumerateArray().ShouldHaveSingleItem().GetProperty("version").GetInt64().ShouldBe(1);
        second.Body.TryGetProperty("next", out _).ShouldBeFalse();
        (await host.GetAsync($"{Named}/versions?{Name}&before=1"))["versions"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_difference_has_the_shape_of_the_event_it_spans()
    {
        await using var host = await Host.StartAsync();
        var table = await LiveAsync(host);
        var events = (await host.GetAsync("/api/events"))["events"].EnumerateArray().Select(item => item.GetProperty("envelope").GetProperty("message"))
            .Where(message => message.GetProperty("entity").GetProperty("guid").GetString() == table).ToList();

        foreach (var told in events.Skip(1))
        {
            var version = told.GetProperty("assetVersion").GetInt64();
            var answer = await host.GetAsync($"/api/meta/entity/guid/{table}/diff?from={version - 1}&to={version}");
            answer["differs"].GetBoolean().ShouldBeTrue();
            answer["mutatedDetails"].GetRawText().ShouldBe(told.GetProperty("mutatedDetails").GetRawText());
            answer["previousDetails"].GetRawText().ShouldBe(told.GetProperty("previousDetails").GetRawText());
        }
    }

    [Fact]
    public async Task A_difference_can_be_asked_for_backwards()
    {
        await using var host = await Host.StartAsync();
        await LiveAsync(host);

        var forth = await host.GetAsync($"{Named}/diff?{Name}&from=1&to=3");
        var back = await host.GetAsync($"{Named}/diff?{Name}&from=3&to=1");

        forth["mutatedDetails"].GetProperty("attributes").GetRawText().ShouldBe("""{"description":null,"rowCount":7}""");
        forth["mutatedDetails"].GetProperty("labels").GetRawText().ShouldBe("""["gold"]""");
        forth["mutatedDetails"].GetProperty("addedRelationshipAttributes").GetProperty("columns").GetArrayLength().ShouldBe(1);
        back["mutatedDetails"].GetProperty("attributes").GetRawText().ShouldBe(forth["previousDetails"].GetProperty("attributes").GetRawText());
        back["mutatedDetails"].GetProperty("labels").GetRawText().ShouldBe("[]");
        back["mutatedDetails"].GetProperty("removedRelationshipAttributes").GetRawText()
            .ShouldBe(forth["mutatedDetails"].GetProperty("addedRelationshipAttributes").GetRawText());
        (back["from"].GetProperty("version").GetInt64(), back["to"].GetProperty("version").GetInt64()).ShouldBe((3, 1));
    }

    [Fact]
    public async Task Equal_versions_have_an_empty_difference()
    {
        await using var host = await Host.StartAsync();
        await LiveAsync(host);

        var answer = await host.GetAsync($"{Named}/diff?{Name}&from=2&to=2");

        answer["differs"].GetBoolean().ShouldBeFalse();
        answer["mutatedDetails"].GetProperty("attributes").GetRawText().ShouldBe("{}");
        answer["mutatedDetails"].EnumerateObject().Select(member => member.Name)
            .ShouldBe(["typeName", "attributes", "guid", "isIncomplete", "provenanceType", "updatedBy", "updateTime", "version", "proxy"]);
    }

    [Fact]
    public async Task Without_bounds_a_difference_is_what_the_last_save_did()
    {
        await using var host = await Host.StartAsync();
        await LiveAsync(host);

        var answer = await host.GetAsync($"{Named}/diff?{Name}");

        (answer["from"].GetProperty("version").GetInt64(), answer["to"].GetProperty("version").GetInt64()).ShouldBe((3, 4));
        answer["mutatedDetails"].GetProperty("status").GetString().ShouldBe("DELETED");
        answer["previousDetails"].GetProperty("status").GetString().ShouldBe("ACTIVE");
        (await host.GetAsync($"{Named}/diff?{Name}&from=1&to=2200-01-01"))["to"].GetProperty("version").GetInt64().ShouldBe(4);
    }

    [Fact]
    public async Task Blame_names_the_version_behind_each_part()
    {
        await using var host = await Host.StartAsync();
        var table = await LiveAsync(host);

        var answer = await host.GetAsync($"/api/meta/entity/guid/{table}/blame");

        answer["version"].GetInt64().ShouldBe(4);
        Version(answer["attributes"], "name").ShouldBe((1, 1));
        Version(answer["attributes"], "rowCount").ShouldBe((2, 2));
        Version(answer["attributes"], "description").ShouldBe((2, 2), "it was cleared");
        Version(answer["relationshipAttributes"], "columns").ShouldBe((4, 6));
        Version(answer.Body, "status").ShouldBe((4, 6));
        Version(answer.Body, "labels").ShouldBe((2, 2));
        answer.Body.TryGetProperty("customAttributes", out _).ShouldBeFalse();
        answer.Body.TryGetProperty("next", out _).ShouldBeFalse();
        answer["attributes"].GetProperty("name").EnumerateObject().Select(member => member.Name).ShouldBe(["version", "time", "actor", "saveId", "sequence"]);
        (await host.GetAsync($"{Named}/blame?{Name}")).Body.GetRawText().ShouldBe(answer.Body.GetRawText());
        Version((await host.GetAsync($"{Named}/blame?{Name}&before=2"))["attributes"], "description").ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("versions", "limit=0", 400, "ATLAS-400-00-01A")]
    [InlineData("versions", "before=0", 400, "ATLAS-400-00-01A")]
    [InlineData("versions", "before=x", 400, "ATLAS-400-00-01A")]
    [InlineData("blame", "before=-1", 400, "ATLAS-400-00-01A")]
    [InlineData("diff", "from=x", 400, "ATLAS-400-00-01A")]
    [InlineData("diff", "from=1&to=", 400, "ATLAS-400-00-01A")]
    [InlineData("diff", "from=0", 404, "CARTULARY-404-00-003")]
    [InlineData("diff", "from=1&to=9", 404, "CARTULARY-404-00-003")]
    [InlineData("diff", "from=1999-01-01", 404, "CARTULARY-404-00-003")]
    public async Task A_history_that_is_not_there_or_not_understood_is_refused(string part, string query, int status, string code)
    {
        await using var host = await Host.StartAsync();
        var table = await LiveAsync(host);

        foreach (var path in new[] { $"/api/meta/entity/guid/{table}/{part}?{query}", $"{Named}/{part}?{Name}&{query}" })
        {
            var answer = await host.GetAsync(path);
            (answer.Status, answer.Code).ShouldBe((status, code), path);
        }
    }

    [Theory]
    [InlineData("versions")]
    [InlineData("diff")]
    [InlineData("blame")]
    public async Task Nobody_has_no_history(string part)
    {
        await using var host = await Host.StartAsync();

        (await host.GetAsync($"/api/meta/entity/guid/01a20eb7-db15-7ef5-ba68-78ae719ab90b/{part}")).Code.ShouldBe("ATLAS-404-00-005");
        (await host.GetAsync($"/api/meta/entity/guid/nothing/{part}")).Code.ShouldBe("ATLAS-404-00-005");
        (await host.GetAsync($"{Named}/{part}?{Name}")).Code.ShouldBe("ATLAS-404-00-009");
        (await host.GetAsync($"/api/meta/entity/uniqueAttribute/type/Nothing/{part}?{Name}")).Code.ShouldBe("ATLAS-400-00-014");
        (await host.SendAsync(HttpMethod.Get, $"{Named}/{part}?{Name}", client: host.Anonymous)).Status.ShouldBe(401);
    }

    /// <summary>A table is created, changed, given a column, and archived.</summary>
    private static async Task<string> LiveAsync(Host host)
    {
        var table = (await host.SaveAsync(Entities.Table))["guidAssignments"].GetProperty("-2").GetString()!;
        await host.SaveAsync("""{"typeName":"Table","labels":["gold"],"attributes":{"name":"orders","qualifiedName":"default/sqlite/1/orders","description":null,"rowCount":7}}""");
        await host.SaveAsync(Entities.Column("id", table));
        await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{table}");
        return table;
    }

    private static List<string> Lines(Answer answer) =>
    [
        .. answer["versions"].EnumerateArray().Select(version => string.Join(
            ' ',
            [
                version.GetProperty("version").GetRawText(),
                Joined(version, "operations"),
                $"#{string.Join(',', version.GetProperty("sequences").EnumerateArray().Select(item => item.GetRawText()))}",
                $"[{Joined(version, "attributes")}]",
                $"[{Joined(version, "relationshipAttributes")}]",
                .. new[] { "status", "labels", "customAttributes" }.Where(part => version.GetProperty(part).GetBoolean()),
            ])),
    ];

    private static string Joined(JsonElement version, string list) =>
        string.Join(',', version.GetProperty(list).EnumerateArray().Select(item => item.GetString()));

    private static (long Version, long Sequence) Version(JsonElement parts, string name) =>
        (parts.GetProperty(name).GetProperty("version").GetInt64(), parts.GetProperty(name).GetProperty("sequence").GetInt64());
}
