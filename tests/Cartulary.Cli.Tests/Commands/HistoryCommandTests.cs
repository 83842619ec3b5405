using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>The past of an asset, from the command line.</summary>
public sealed class HistoryCommandTests : IAsyncLifetime
{
    private static readonly string[] Orders = ["--type", "Table", "--qualified-name", "t"];

    private RealServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        await SaveAsync("""{"typeName":"Table","attributes":{"name":"orders","qualifiedName":"t","rowCount":1}}""");
        await SaveAsync("""{"typeName":"Table","labels":["gold"],"attributes":{"name":"orders","qualifiedName":"t","rowCount":2}}""");
        await SaveAsync("""{"typeName":"Column","attributes":{"name":"id","qualifiedName":"t/id","order":1,"table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"t"}}}}""");
    }

    [Fact]
    public async Task History_lists_versions_with_what_each_changed()
    {
        var run = await RunAsync("history");

        run.Code.ShouldBe(0);
        var lines = run.Output.Split('\n');
        lines[0].ShouldStartWith("v3  20");
        lines[0].ShouldEndWith("  ENTITY_UPDATE  #4");
        lines[1].ShouldBe("    columns");
        lines[2].ShouldStartWith("v2");
        lines[3].ShouldBe("    rowCount, labels");
        lines[4].ShouldStartWith("v1");
        lines[4].ShouldEndWith("  ENTITY_CREATE  #1");
    }

    [Fact]
    public async Task What_a_creation_gave_is_listed_in_lines_that_a_terminal_can_show()
    {
        var attributes = string.Join(',', new[] { "description", "userDescription", "displayName", "announcementTitle", "announcementMessage", "lastSyncRun" }.Select(name => $"\"{name}\":\"x\""));
        await SaveAsync($$$"""{"typeName":"Table","attributes":{"name":"wide","qualifiedName":"w",{{{attributes}}}}}""");

        var lines = (await _server.RunAsync("history", "--type", "Table", "--qualified-name", "w")).Output.TrimEnd().Split('\n');

        lines.Length.ShouldBeGreaterThan(2);
        lines[1..].ShouldAllBe(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Length <= 100);
        var names = string.Join(' ', lines[1..].Select(line => line.Trim())).Split(", ");
        names.ShouldContain("announcementMessage");
        names.ShouldBeUnique();
    }

    [Fact]
    public async Task History_ends_at_its_limit_and_says_how_to_go_on()
    {
        var run = await RunAsync("history", "--limit", "2");

        run.Output.Split('\n').Count(line => line.StartsWith('v')).ShouldBe(2);
        run.Error.ShouldContain("--before 2");
        (await RunAsync("history", "--before", "2", "--json")).Output.Trim().Split('\n')
            .ShouldHaveSingleItem().ShouldStartWith("""{"version":1,""");
    }

    [Fact]
    public async Task Diff_shows_before_and_after_and_exits_with_one()
    {
        var run = await RunAsync("diff", "--from", "1", "--to", "3");

        run.Code.ShouldBe(1);
        run.Output.ShouldContain("Table orders  v1 -> v3");
        run.Output.ShouldContain("  rowCount  1 -> 2");
        run.Output.ShouldContain("  labels  [] -> [gold]");
        run.Output.ShouldContain("  + columns id  Column");
    }

    [Fact]
    public async Task Diff_of_equal_versions_exits_with_zero()
    {
        var run = await RunAsync("diff", "--from", "2", "--to", "2", "--json");

        run.Code.ShouldBe(0);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("differs").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Blame_names_the_version_behind_each_part()
    {
        var run = await RunAsync("blame");

        run.Code.ShouldBe(0);
        Line("rowCount ").ShouldMatch(@"^rowCount +v2  20.+  #2$");
        Line("name ").ShouldMatch(@"^name +v1  20.+  #1$");
        Line("columns ").ShouldMatch(@"^columns +v3  20.+  #4$");
        Line("labels ").ShouldMatch(@"^labels +v2  20.+  #2$");

        string Line(string start) => run.Output.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_shows_an_asset_as_it_was()
    {
        (await RunAsync("get", "--version", "1")).Output.ShouldMatch(@"rowCount +1\s");
        (await RunAsync("get", "--as-of", "2200-01-01")).Output.ShouldMatch(@"rowCount +2\s");
    }

    [Fact]
    public async Task What_is_not_there_is_said_and_exits_with_one()
    {
        var version = await RunAsync("get", "--version", "9");
        var nobody = await _server.RunAsync("blame", "--type", "Table", "--qualified-name", "nobody");

        (version.Code, nobody.Code).ShouldBe((1, 1));
        version.Error.ShouldContain("has no version 9; the present one is 3");
        nobody.Error.ShouldContain("does not exist");
    }

    [Fact]
    public async Task An_asset_must_be_named()
    {
        var run = await _server.RunAsync("history");

        run.Code.ShouldBe(2);
        run.Error.ShouldContain("give either a GUID, or --type and --qualified-name");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<Run> RunAsync(params string[] arguments) => _server.RunAsync([.. arguments, .. Orders]);

    private async Task SaveAsync(string asset) => await _server.Client.SaveAsync(
        System.Text.Encoding.UTF8.GetBytes($$"""{"entities":[{{asset}}]}"""), SaveManner.Plain, TestContext.Current.CancellationToken);
}
