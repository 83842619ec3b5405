using Cartulary.Cli.Client;
using Cartulary.Cli.Demo;
using Cartulary.Cli.Tests.Sources.Sqlite;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>Crawls and saves against the real server, told by their events.</summary>
public sealed class CatalogueTests : IAsyncLifetime
{
    private const string Main = "default/sqlite/shop/shop/main";

    private readonly TestDatabase _shop = TestDatabase.With(SampleScripts.Shop, "shop.db");
    private RealServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RealServer.StartAsync();

    [Fact]
    public async Task A_second_crawl_tells_nothing()
    {
        (await CrawlAsync()).Output.ShouldContain("138 assets: 138 created, 0 updated, 0 unchanged, 0 archived; events #1-138");
        (await CrawlAsync()).Output.ShouldContain("137 assets: 0 created, 0 updated, 137 unchanged, 0 archived; no events");
        (await HeadAsync()).ShouldBe(138);
    }

    [Fact]
    public async Task Changes_are_told_exactly_and_shown_before_and_after()
    {
        await CrawlAsync();
        _shop.Run(SampleScripts.Changes);

        var run = await CrawlAsync();

        run.Code.ShouldBe(0);
        run.Output.ShouldContain("~ Column shop.main.shipments.tracking_code");
        run.Output.ShouldContain("maxLength  24 -> 40");
        run.Output.ShouldContain("130 assets: 1 created, 4 updated, 125 unchanged, 8 archived");
        (await _server.EventsAfterAsync(138)).Order().ShouldBe(
        [
            "CREATE Column loyalty_tier", "DELETE Column line_no", "DELETE Column order_id", "DELETE Column quantity", "DELETE Column reason",
            "DELETE Column received_at", "DELETE Column refund", "DELETE Column return_id", "DELETE Table returns", "UPDATE Column is_visible",
            "UPDATE Column tracking_code", "UPDATE Schema main", "UPDATE Table customers",
        ]);
    }

    [Fact]
    public async Task A_table_that_comes_back_keeps_its_guid()
    {
        await CrawlAsync();
        var before = await GuidAsync("Table", "returns");
        _shop.Run(SampleScripts.Changes);
        await CrawlAsync();
        _shop.Run(SampleScripts.Restore);

        (await CrawlAsync()).Output.ShouldContain("status  DELETED -> ACTIVE");

        (await GuidAsync("Table", "returns")).ShouldBe(before);
    }

    [Fact]
    public async Task A_view_may_take_the_name_of_a_table_and_its_columns_with_it()
    {
        await CrawlAsync();
        _shop.Run("DROP TABLE returns; CREATE VIEW returns AS SELECT order_id, quantity FROM order_items");

        await CrawlAsync();

        var column = await _server.Client.FindAsync("Column", $"{Main}/returns/order_id", TestContext.Current.CancellationToken);
        column!.LiveRelated("view").ShouldHaveSingleItem().Name.ShouldBe("returns");
        column.LiveRelated("table").ShouldBeEmpty();
        column.Entity.GetProperty("attributes").Text("tableName").ShouldBeNull();
        var head = await HeadAsync();
        await CrawlAsync();
        (await HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task A_default_that_goes_away_is_cleared()
    {
        await CrawlAsync();
        _shop.Run("""
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, ' DEFAULT ''parcel''', '') WHERE name = 'shipments';
            """);

        await CrawlAsync();

        (await _server.EventsAfterAsync(138)).ShouldBe(["UPDATE Column carrier"]);
        (await _server.RunAsync("events", "list", "--after", "138")).Output.ShouldContain("defaultValue  'parcel' -> -");
    }

    [Fact]
    public async Task What_people_say_about_an_asset_survives_a_crawl()
    {
        await CrawlAsync();
        var file = Path.Combine(Path.GetDirectoryName(_shop.Path)!, "said.json");
        await File.WriteAllTextAsync(
            file,
            $$$"""{"typeName":"Table","attributes":{"qualifiedName":"{{{Main}}}/orders","name":"orders","userDescription":"One row per checkout"}}""",
            TestContext.Current.CancellationToken);

        (await _server.RunAsync("save", file)).Output.Trim().ShouldBe("1 assets: 0 created, 1 updated, 0 unchanged");
        (await _server.RunAsync("save", file)).Output.Trim().ShouldBe("1 assets: 0 created, 0 updated, 1 unchanged");
        await CrawlAsync();

        (await _server.RunAsync("get", "--type", "Table", "--qualified-name", $"{Main}/orders")).Output
            .ShouldContain("userDescription          One row per checkout");
        (await HeadAsync()).ShouldBe(139);
    }

    [Fact]
    public async Task What_the_server_does_not_list_stops_the_sweep()
    {
        await using var server = await RealServer.StartAsync("--Limits:EdgesPerEnd", "10");
        await server.RunAsync("crawl", "sqlite", _shop.Path);
        _shop.Run(SampleScripts.Changes);

        var run = await server.RunAsync("crawl", "sqlite", _shop.Path);

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("does not list the tables of main");
        run.Output.ShouldContain("0 archived");
    }

    [Fact]
    public async Task Terms_are_named_in_events()
    {
        await CrawlAsync();
        var cancel = TestContext.Current.CancellationToken;
        var term = await DemoGlossary.CreateAsync(_server.Client, cancel);
        var column = await _server.Client.FindAsync("Column", $"{Main}/customers/email", cancel);
        await DemoGlossary.LinkAsync(_server.Client, term, column!.Header, cancel);

        (await _server.RunAsync("events", "list", "--guid", column.Header.Guid, "--operation", "entity_update")).Output
            .ShouldContain("+ meanings Contact detail  AtlasGlossaryTerm");
    }

    [Fact]
    public async Task An_emptied_database_archives_nothing_by_itself()
    {
        await CrawlAsync();
        using var empty = TestDatabase.WithBytes([]);

        var path = Path.Combine(Path.GetDirectoryName(empty.Path)!, "shop.db");
        File.Move(empty.Path, path);
        var run = await _server.RunAsync("crawl", "sqlite", path);

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("--allow-delete 100");
        (await HeadAsync()).ShouldBe(138);
        (await _server.RunAsync("crawl", "sqlite", path, "--allow-delete", "100")).Output.ShouldContain("135 archived");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shop.Dispose();
    }

    private Task<Run> CrawlAsync() => _server.RunAsync("crawl", "sqlite", _shop.Path);

    private Task<long> HeadAsync() => _server.Client.ReadHeadAsync(TestContext.Current.CancellationToken);

    private async Task<string> GuidAsync(string type, string path) =>
        (await _server.Client.FindAsync(type, $"{Main}/{path}", TestContext.Current.CancellationToken))!.Header.Guid;
}
