namespace Cartulary.Cli.Tests.Commands;

/// <summary>Saves on trial, receipts and comparisons against the real server.</summary>
public sealed class TrialTests : IAsyncLifetime
{
    private const string Before = """{"typeName":"Table","attributes":{"qualifiedName":"shop/orders","name":"orders","description":"old"}}""";
    private const string After = """
        {"typeName":"Table","attributes":{"qualifiedName":"shop/orders","name":"orders","description":"new","descripton":"slip"}}
        {"typeName":"Column","attributes":{"qualifiedName":"shop/orders/id","name":"id","dataType":"TEXT","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"shop/orders"}}}}
        """;

    private readonly string _file = Path.GetTempFileName();
    private RealServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RealServer.StartAsync();
        await File.WriteAllTextAsync(_file, Before, TestContext.Current.CancellationToken);
        (await _server.RunAsync("save", _file)).Code.ShouldBe(0);
        await File.WriteAllTextAsync(_file, After, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_trial_shows_what_would_change_and_changes_nothing()
    {
        var run = await _server.RunAsync("save", _file, "--dry-run");

        run.Code.ShouldBe(0);
        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        lines[..5].ShouldBe(
        [
            "~ Table orders  shop/orders", "description  old -> new", "+ columns id  Column", "Table has no attribute descripton: passed over",
            "+ Column id  shop/orders/id",
        ]);
        lines.ShouldContain("+ table orders  Table");
        lines[^2].ShouldBe("2 assets: 1 would be created, 1 updated, 0 unchanged");
        (await _server.EventsAfterAsync(1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_save_with_receipts_shows_what_changed()
    {
        var run = await _server.RunAsync("save", _file, "--receipts");

        run.Code.ShouldBe(0);
        run.Output.ShouldContain("description  old -> new");
        run.Output.ShouldContain("2 assets: 1 created, 1 updated, 0 unchanged");
        (await _server.EventsAfterAsync(1)).ShouldBe(["CREATE Column id", "UPDATE Table orders"]);
    }

    [Fact]
    public async Task A_comparison_tells_by_its_exit_code_whether_the_catalog_is_as_the_file_says()
    {
        var before = await _server.RunAsync("diff", "-f", _file);
        await _server.RunAsync("save", _file);
        var after = await _server.RunAsync("diff", "-f", _file);

        (before.Code, after.Code).ShouldBe((1, 0));
        before.Output.ShouldContain("2 assets: 2 differ from the catalog");
        after.Output.ShouldContain("2 assets: the catalog is as the file says");
    }

    [Fact]
    public async Task A_comparison_for_programs_gives_receipts_line_by_line()
    {
        var run = await _server.RunAsync("diff", "--file", _file, "--json");

        run.Code.ShouldBe(1);
        var lines = run.Output.Trim().Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldContain("\"verdict\":\"UPDATE\"");
        lines[2].Trim().ShouldBe("""{"assets":2,"differ":2}""");
    }

    [Fact]
    public async Task A_comparison_that_cannot_be_made_is_neither_yes_nor_no()
    {
        await File.WriteAllTextAsync(_file, """{"typeName":"Tabel","attributes":{}}""", TestContext.Current.CancellationToken);

        (await _server.RunAsync("diff", "-f", _file)).Code.ShouldBe(3);
        (await _server.RunAsync("diff")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_save_on_condition_of_a_version_goes_with_one_asset()
    {
        (await _server.RunAsync("save", _file, "--expected-version", "1")).Code.ShouldBe(2);
        await File.WriteAllTextAsync(_file, Before.Replace("old", "new", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (await _server.RunAsync("save", _file, "--expected-version", "7")).Error.ShouldContain("has version 1");
        (await _server.RunAsync("save", _file, "--expected-version", "1")).Code.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_file);
    }
}
