using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>Lineage, from the command line.</summary>
public sealed class LineageCommandTests : IAsyncLifetime
{
    private RealServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        await _server.Client.SaveAsync(
            """
            {"entities":[
             {"typeName":"Table","attributes":{"name":"orders","qualifiedName":"demo/orders"}},
             {"typeName":"Table","attributes":{"name":"clean","qualifiedName":"demo/clean"}},
             {"typeName":"Table","attributes":{"name":"report","qualifiedName":"demo/report"}},
             {"typeName":"Process","attributes":{"name":"load","qualifiedName":"demo/load","inputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"demo/orders"}}],"outputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"demo/clean"}}]}},
             {"typeName":"Process","attributes":{"name":"sum","qualifiedName":"demo/sum","inputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"demo/clean"}}],"outputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"demo/report"}}]}}]}
            """u8.ToArray(),
            SaveManner.Plain,
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Show_lists_both_sides_with_how_many_steps_away_each_is()
    {
        var run = await _server.RunAsync("lineage", "show", "Table/demo/clean");

        run.Code.ShouldBe(0);
        run.Output.TrimEnd().Split('\n').ShouldBe(
        [
            "Table clean  demo/clean",
            "upstream",
            "  1  Process load  demo/load",
            "  1  Table orders  demo/orders",
            "downstream",
            "  1  Process sum  demo/sum",
            "  1  Table report  demo/report",
        ]);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_goes_one_way_and_so_far_and_says_that_there_is_more()
    {
        var run = await _server.RunAsync("lineage", "show", "Table/demo/orders", "--direction", "downstream", "--depth", "1");

        run.Output.TrimEnd().Split('\n').ShouldBe(["Table orders  demo/orders", "downstream", "  1  Process load  demo/load", "  1  Table clean  demo/clean"]);
        run.Error.ShouldContain("there is more");
    }

    [Fact]
    public async Task Paths_are_shown_by_name_and_having_none_is_an_answer()
    {
        var run = await _server.RunAsync("lineage", "paths", "Table/demo/orders", "Table/demo/report");
        var back = await _server.RunAsync("lineage", "paths", "Table/demo/report", "Table/demo/orders");
        var json = await _server.RunAsync("lineage", "paths", "Table/demo/orders", "Table/demo/report", "--json");

        run.Output.TrimEnd().ShouldBe("2  orders -> load -> clean -> sum -> report");
        run.Code.ShouldBe(0);
        (back.Code, back.Output).ShouldBe((1, ""));
        JsonDocument.Parse(json.Output).RootElement.GetProperty("paths").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_asset_that_is_not_there_is_an_answer_and_a_name_of_no_form_a_mistake()
    {
        (await _server.RunAsync("lineage", "show", "Table/demo/nothing")).Code.ShouldBe(1);
        (await _server.RunAsync("lineage", "show", "orders")).Code.ShouldBe(2);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
