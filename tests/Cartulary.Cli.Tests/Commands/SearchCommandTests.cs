using System.Text;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>Searches from the command line.</summary>
public sealed class SearchCommandTests : IAsyncLifetime
{
    private RealServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        const string Body = """{"entities":[{"typeName":"Table","attributes":{"name":"Fact Orders","qualifiedName":"shop/orders","rowCount":200}},{"typeName":"View","attributes":{"name":"orders of today","qualifiedName":"shop/today"}}]}""";
        await _server.Client.SaveAsync(Encoding.UTF8.GetBytes(Body), SaveManner.Plain, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Assets_are_found_by_words_and_type()
    {
        var both = await _server.RunAsync("search", "orders");
        var table = await _server.RunAsync("search", "orders", "--type", "Table");
        var counted = await _server.RunAsync("search", "rowCount:>100", "--json");

        both.Output.ShouldContain("Table Fact Orders");
        both.Output.ShouldContain("View orders of today");
        table.Output.ShouldNotContain("View");
        counted.Output.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("\"qualifiedName\":\"shop/orders\"");
    }

    [Fact]
    public async Task It_is_said_when_nothing_or_more_is_found()
    {
        (await _server.RunAsync("search", "customers")).Error.ShouldContain("nothing found");
        (await _server.RunAsync("search", "--limit", "1")).Error.ShouldContain("--limit");
        (await _server.RunAsync("search", "(orders")).Code.ShouldNotBe(0);
    }
}
