using System.Globalization;
using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Reads of what assets were.</summary>
public sealed class PastReadTests
{
    private const string ByName = "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=t";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_past_read_answers_byte_for_byte_what_a_read_answered_then()
    {
        await using var host = await Host.StartAsync();
        var story = await Story.LiveAsync(host);

        foreach (var (sequence, answers) in story.Remembered)
        {
            foreach (var (path, body) in answers)
            {
                (await host.GetAsync($"{path}&asOfSequence={sequence}")).Body.GetRawText().ShouldBe(body);
            }
        }

        foreach (var ((path, version), body) in story.Versions)
        {
            (await host.GetAsync($"{path}&version={version}")).Body.GetRawText().ShouldBe(body);
            (await host.GetAsync($"{path.Replace("/api/meta", "/api/atlas/v2", StringComparison.Ordinal)}&version={version}")).Body.GetRawText().ShouldBe(body);
        }
    }

    [Fact]
    public async Task A_time_may_be_milliseconds_or_ISO_8601()
    {
        await using var host = await Host.StartAsync();
        await SaveTwiceAsync(host);
        var second = (await host.GetAsync(ByName))["entity"].GetProperty("updateTime").GetInt64();
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(second);

        (await VersionAsync(host, $"&asOf={second}")).ShouldBe(2);
        (await VersionAsync(host, $"&asOf={second - 1}")).ShouldBe(1);
        (await VersionAsync(host, $"&asOf={moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}")).ShouldBe(2);
        (await VersionAsync(host, $"&asOf={moment.AddMilliseconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture)}")).ShouldBe(1);
        (await VersionAsync(host, "&asOf=2200-01-01")).ShouldBe(2);
    }

    [Fact]
    public async Task A_name_is_the_one_of_now()
    {
        await using var host = await Host.StartAsync();
        var guid = (await host.SaveAsync(Table("t", "\"guid\":\"-1\","))).Body.GetProperty("guidAssignments").GetProperty("-1").GetString();
        await host.SaveAsync(Table("renamed", $"\"guid\":\"{guid}\","));

        (await host.GetAsync($"{ByName}&version=1")).Code.ShouldBe("ATLAS-404-00-009");
        var past = await host.GetAsync("/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=renamed&version=1");
        past["entity"].GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldBe("t");
    }

    [Fact]
    public async Task Headers_and_several_assets_are_read_of_the_past_too()
    {
        await using var host = await Host.StartAsync();
        var guid = await SaveTwiceAsync(host);

        (await host.GetAsync($"/api/meta/entity/guid/{guid}/header?version=1"))["attributes"].GetProperty("rowCount").GetInt32().ShouldBe(1);
        (await host.GetAsync($"/api/meta/entity/bulk?guid={guid}&asOfSequence=1"))["entities"][0].GetProperty("version").GetInt64().ShouldBe(1);
        (await host.GetAsync($"/api/meta/entity/bulk?guid={guid}&asOf=2200-01-01"))["entities"][0].GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData("version=0", 404, "CARTULARY-404-00-003", "the present one is 2")]
    [InlineData("version=3", 404, "CARTULARY-404-00-003", "has no version 3")]
    [InlineData("version=9223372036854775807", 404, "CARTULARY-404-00-003", "has no version")]
    [InlineData("asOf=0", 404, "CARTULARY-404-00-003", "it was created at 20")]
    [InlineData("asOf=-9223372036854775808", 404, "CARTULARY-404-00-003", "did not exist then")]
    [InlineData("asOf=1999-12-31T23:59:59Z", 404, "CARTULARY-404-00-003", "did not exist then")]
    [InlineData("asOfSequence=0", 404, "CARTULARY-404-00-003", "did not exist then")]
    [InlineData("asOfSequence=99", 409, "CARTULARY-409-00-001", "after the log's head 2")]
    [InlineData("version=one", 400, "ATLAS-400-00-01A", "whole number")]
    [InlineData("version=-1", 400, "ATLAS-400-00-01A", "whole number")]
    [InlineData("version=", 400, "ATLAS-400-00-01A", "whole number")]
    [InlineData("asOf=yesterday", 400, "ATLAS-400-00-01A", "ISO 8601")]
    [InlineData("asOf=99999999999999999999", 400, "ATLAS-400-00-01A", "ISO 8601")]
    [InlineData("asOfSequence=1.5", 400, "ATLAS-400-00-01A", "whole number")]
    [InlineData("version=1&asOf=2026-01-01", 400, "ATLAS-400-00-01A", "exclude each other")]
    [InlineData("asOf=1&asOfSequence=1", 400, "ATLAS-400-00-01A", "exclude each other")]
    public async Task A_past_that_is_not_there_or_not_understood_is_refused(string query, int status, string code, string part)
    {
        await using var host = await Host.StartAsync();
        var guid = await SaveTwiceAsync(host);

        foreach (var path in new[] { $"/api/meta/entity/guid/{guid}?", $"{ByName}&", $"/api/atlas/v2/entity/guid/{guid}/header?" })
        {
            var answer = await host.GetAsync(path + query);
            (answer.Status, answer.Code).ShouldBe((status, code));
            answer["errorMessage"].GetString()!.ShouldContain(part);
        }
    }

    [Fact]
    public async Task Several_assets_must_all_have_been_there()
    {
        await using var host = await Host.StartAsync();
        var first = await SaveTwiceAsync(host);
        var second = (await host.SaveAsync(Table("later", "\"guid\":\"-1\",")))["guidAssignments"].GetProperty("-1").GetString();

        var answer = await host.GetAsync($"/api/meta/entity/bulk?guid={first}&guid={second}&asOfSequence=2");

        (answer.Status, answer.Code).ShouldBe((404, "CARTULARY-404-00-003"));
        answer["problems"].GetArrayLength().ShouldBe(1);
        answer["entityGuid"].GetString().ShouldBe(second);
        (await host.GetAsync($"/api/meta/entity/bulk?guid={first}&version=1")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_past_read_beside_running_saves_is_of_one_moment()
    {
        await using var host = await Host.StartAsync();
        var columns = await host.SaveAsync(Entities.Table, Entities.Column("odd"), Entities.Column("even", "-2"));
        var guids = columns["guidAssignments"];
        var table = guids.GetProperty("-2").GetString();
        await ShowOnlyAsync(host, 0);
        using var stop = new CancellationTokenSource();
        var saving = SaveAsync(host, stop.Token);

        var seen = new HashSet<long>();
        while (seen.Count < 25)
        {
            var present = (await host.GetAsync($"/api/meta/entity/guid/{table}"))["entity"];
            var version = present.GetProperty("version").GetInt64();
            var past = (await host.GetAsync($"/api/meta/entity/guid/{table}?version={version}"))["entity"];
            past.GetRawText().ShouldBe(present.GetRawText());
            var now = (await host.GetAsync($"/api/meta/entity/guid/{table}?asOf=2200-01-01"))["entity"];
            ShouldAgree(now);
            ShouldAgree(past);
            seen.Add(version);
        }

        await stop.CancelAsync();
        await saving;
    }

    /// <summary>Each save changes the table's row count and which of its columns is in use, together.</summary>
    private static async Task SaveAsync(Host host, CancellationToken stop)
    {
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            await ShowOnlyAsync(host, count);
        }
    }

    private static async Task ShowOnlyAsync(Host host, int count)
    {
        var label = count % 2 == 0 ? "even" : "odd";
        var answer = await host.SaveAsync(
            $$$"""{"typeName":"Table","labels":["{{{label}}}"],"attributes":{"name":"orders","qualifiedName":"default/sqlite/1/orders","rowCount":{{{count}}}},"relationshipAttributes":{"columns":[{"typeName":"Column","uniqueAttributes":{"qualifiedName":"default/sqlite/1/orders/{{{label}}}"}}]}}""");
        answer.Status.ShouldBe(200, answer.Body.GetRawText());
    }

    private static void ShouldAgree(JsonElement table)
    {
        var label = table.GetProperty("labels")[0].GetString();
        table.GetProperty("relationshipAttributes").GetProperty("columns").EnumerateArray()
            .ShouldHaveSingleItem().GetProperty("displayText").GetString().ShouldBe(label);
        (table.GetProperty("attributes").GetProperty("rowCount").GetInt32() % 2 == 0 ? "even" : "odd").ShouldBe(label);
    }

    private static async Task<string> SaveTwiceAsync(Host host)
    {
        var saved = await host.SaveAsync(Table("t", "\"guid\":\"-1\",", rowCount: 1));
        var first = (await host.GetAsync(ByName))["entity"].GetProperty("updateTime").GetInt64();
        while (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() <= first)
        {
            await Task.Delay(1, Cancel);
        }

        await host.SaveAsync(Table("t", "", rowCount: 2));
        return saved["guidAssignments"].GetProperty("-1").GetString()!;
    }

    private static async Task<long> VersionAsync(Host host, string query) => (await host.GetAsync(ByName + query))["entity"].GetProperty("version").GetInt64();

    private static string Table(string name, string guid, int rowCount = 1) =>
        $$$"""{"typeName":"Table",{{{guid}}}"attributes":{"name":"t","qualifiedName":"{{{name}}}","rowCount":{{{rowCount}}}}}""";

    /// <summary>A small catalog that lives through every kind of change, and what its reads answered after each.</summary>
    private sealed class Story(Host host)
    {
        public List<(long Sequence, Dictionary<string, string> Answers)> Remembered { get; } = [];

        public Dictionary<(string Path, long Version), string> Versions { get; } = [];

        public static async Task<Story> LiveAsync(Host host)
        {
            var story = new Story(host);
            var guids = (await host.SaveAsync(Entities.Connection, Entities.Table, Entities.Column("id"), Entities.Column("name")))["guidAssignments"];
            string[] all = [.. guids.EnumerateObject().Select(guid => guid.Value.GetString()!)];
            await story.RememberAsync(all);
            var (table, column) = (guids.GetProperty("-2").GetString(), guids.GetProperty("-102").GetString());
            string[] saves =
            [
                $$$"""{"typeName":"Table","guid":"{{{table}}}","attributes":{"name":"renamed","qualifiedName":"default/sqlite/1/renamed"}}""",
                """{"typeName":"Table","labels":["gold"],"customAttributes":{"team":"a"},"attributes":{"name":"renamed","qualifiedName":"default/sqlite/1/renamed","description":null}}""",
                $$$"""{"typeName":"Column","guid":"{{{column}}}","attributes":{"name":"id2","qualifiedName":"default/sqlite/1/orders/id","dataType":"INT"}}""",
                """{"typeName":"Table","attributes":{"name":"other","qualifiedName":"default/sqlite/1/other"},"relationshipAttributes":{"columns":[{"typeName":"Column","uniqueAttributes":{"qualifiedName":"default/sqlite/1/orders/name"}}]}}""",
            ];
            foreach (var save in saves)
            {
                (await host.SaveAsync(save)).Status.ShouldBe(200);
                await story.RememberAsync(all);
            }

            await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{column}");
            await story.RememberAsync(all);
            await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{table}");
            await story.RememberAsync(all);
            await host.SaveAsync($$$"""{"typeName":"Table","guid":"{{{table}}}","status":"ACTIVE","attributes":{"name":"back","qualifiedName":"default/sqlite/1/renamed"}}""");
            await story.RememberAsync(all);
            return story;
        }

        private async Task RememberAsync(IEnumerable<string> guids)
        {
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var path in guids.SelectMany(guid => new[] { $"/api/meta/entity/guid/{guid}?x=", $"/api/meta/entity/guid/{guid}?ignoreRelationships=true" }))
            {
                var answer = await host.GetAsync(path);
                answers.Add(path, answer.Body.GetRawText());
                Versions.TryAdd((path, answer["entity"].GetProperty("version").GetInt64()), answer.Body.GetRawText());
            }

            Remembered.Add(((await host.GetAsync("/api/events?after=latest"))["head"].GetInt64(), answers));
        }
    }
}
