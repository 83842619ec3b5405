using System.Text;
using Cartulary.Cli.Client;
using Cartulary.Cli.Tests.Sources.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>Crawls of a real PostgreSQL against the real server, told by their events.</summary>
public sealed class CrawlPostgresTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private RealServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.NewAsync(cluster, SampleDatabase.Script);
        _server = await RealServer.StartAsync();
    }

    [Fact]
    public async Task Everything_is_catalogued_with_its_lineage()
    {
        var run = await CrawlAsync();

        run.Code.ShouldBe(0, run.Error);
        var page = await _server.Client.ReadEventsAsync(new FeedRequest { Limit = 5000 }, TestContext.Current.CancellationToken);
        var text = new StringBuilder();
        foreach (var told in page.Events)
        {
            var asset = await _server.Client.FindAsync(told.Asset.Guid, TestContext.Current.CancellationToken);
            Describe(asset!, text);
        }

        ApprovedFile.Match(text.ToString().Replace(_database.Name, "DB", StringComparison.Ordinal), "crawl-postgres.txt");
    }

    [Fact]
    public async Task A_second_crawl_tells_nothing()
    {
        await CrawlAsync("--stats");
        var head = await HeadAsync();

        var run = await CrawlAsync("--stats");

        run.Output.ShouldContain("0 created, 0 updated");
        run.Output.ShouldContain("no events");
        (await HeadAsync()).ShouldBe(head);
    }

    [Theory]
    [InlineData("ALTER TABLE sales.customers ADD phone text", "CREATE Column phone", "UPDATE Table customers")]
    [InlineData("ALTER TABLE sales.customers DROP flags", "DELETE Column flags", "UPDATE Table customers", "UPDATE Table customers")]
    [InlineData("ALTER TABLE sales.customers ALTER flags TYPE bit(16) USING flags::bit(16)", "UPDATE Column flags")]
    [InlineData("COMMENT ON COLUMN sales.customers.email IS NULL", "UPDATE Column email")]
    [InlineData("COMMENT ON VIEW sales.paid IS 'Paid orders'", "UPDATE View paid")]
    [InlineData("ALTER TABLE sales.customers RENAME name TO full_name", "CREATE Column full_name", "DELETE Column name", "UPDATE Column name", "UPDATE ColumnProcess label", "UPDATE Process everyone", "UPDATE Table customers", "UPDATE Table customers", "UPDATE View everyone")]
    [InlineData("CREATE OR REPLACE VIEW sales.constants AS SELECT 2 AS one", "UPDATE View constants")]
    [InlineData("DROP FUNCTION sales.vat(numeric)", "DELETE Procedure vat", "UPDATE Schema sales")]
    [InlineData("DROP TABLE sales.orders_2025", "DELETE Column customer_id", "DELETE Column id", "DELETE Column net", "DELETE Column placed_on", "DELETE Column rounded", "DELETE Column state", "DELETE Column total", "DELETE TablePartition orders_2025", "UPDATE Table orders", "UPDATE Table orders")]
    [InlineData("""DROP SCHEMA "odd/100%" CASCADE""", "DELETE Column c%d", "DELETE Column é \"q\"", "DELETE Schema odd/100%", "DELETE Table a/b", "UPDATE Database DB")]
    [InlineData("REVOKE ALL ON SCHEMA sales FROM PUBLIC; REVOKE ALL ON ALL TABLES IN SCHEMA sales FROM PUBLIC")]
    [InlineData("ANALYZE; VACUUM")]
    public async Task A_change_is_told_exactly(string change, params string[] events)
    {
        await CrawlAsync();
        var head = await HeadAsync();
        foreach (var statement in change.Split("; "))
        {
            await _database.RunAsync(statement);
        }

        var run = await CrawlAsync();

        run.Code.ShouldBe(0, run.Error);
        (await EventsAfterAsync(head)).ShouldBe(events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_view_that_is_made_anew_has_the_lineage_of_its_new_query()
    {
        await CrawlAsync();
        var head = await HeadAsync();
        await _database.RunAsync("CREATE OR REPLACE VIEW staff.everyone AS SELECT id, name::varchar AS label FROM sales.customers");

        await CrawlAsync();

        (await InputsAsync("Process", "staff/everyone/_process")).ShouldBe(["sales/customers"]);
        (await InputsAsync("ColumnProcess", "staff/everyone/label/_process")).ShouldBe(["sales/customers/name"]);
        (await EventsAfterAsync(head)).ShouldBe(
        [
            "UPDATE Column email", "UPDATE Column id", "UPDATE ColumnProcess id", "UPDATE ColumnProcess label", "UPDATE Process everyone", "UPDATE View everyone",
            "UPDATE View paid",
        ]);
    }

    [Fact]
    public async Task Lineage_goes_with_its_view_and_comes_back_under_its_guid()
    {
        await CrawlAsync();
        var before = await FindAsync("Process", "staff/everyone/_process");
        await _database.RunAsync("DROP VIEW staff.everyone");
        (await CrawlAsync()).Code.ShouldBe(0);
        (await FindAsync("ColumnProcess", "staff/everyone/label/_process")).Header.IsLive.ShouldBeFalse();
        await _database.RunAsync("CREATE VIEW staff.everyone AS SELECT id, name AS label FROM sales.customers");

        await CrawlAsync();

        var after = await FindAsync("Process", "staff/everyone/_process");
        after.Header.IsLive.ShouldBeTrue();
        after.Header.Guid.ShouldBe(before.Header.Guid);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_is_left_as_it_is_and_the_others_are_not()
    {
        await CrawlAsync();
        await _database.RunAsync("DROP FOREIGN TABLE sales.old_orders; DROP PROCEDURE staff.close_year");
        await using var locked = await _database.HoldAsync("BEGIN; LOCK TABLE sales.constants IN ACCESS EXCLUSIVE MODE");
        var head = await HeadAsync();

        var run = await CrawlAsync("--timeout", "2");

        run.Code.ShouldBe(5);
        run.Error.ShouldContain($"the schema {_database.Name}.sales could not be read to its end, and nothing of it was archived: ");
        (await EventsAfterAsync(head)).ShouldBe(["DELETE Procedure close_year", "UPDATE Schema staff"]);
    }

    [Fact]
    public async Task Where_the_catalog_itself_is_closed_nothing_is_archived()
    {
        await CrawlAsync();
        await _database.RunAsync("DROP FUNCTION sales.vat(numeric); REVOKE SELECT ON pg_proc FROM PUBLIC; CREATE ROLE crawl_reader LOGIN");
        var head = await HeadAsync();

        var run = await _server.RunAsync("crawl", "postgres", _database.DsnOf("crawl_reader"), "--name", "shop");
        await _database.RunAsync("DROP ROLE crawl_reader");

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("permission denied for table pg_proc");
        (await HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task Most_of_a_schema_goes_only_when_the_user_says_so()
    {
        await _database.RunAsync(string.Concat(Enumerable.Range(1, 30).Select(number => $"CREATE TABLE public.t{number} (a int);")));
        await CrawlAsync();
        await _database.RunAsync(string.Concat(Enumerable.Range(1, 29).Select(number => $"DROP TABLE public.t{number};")));

        var run = await CrawlAsync();

        run.Code.ShouldBe(5);
        run.Error.ShouldContain($"{_database.Name}.public: 58 of 60 assets (97 %)");
        run.Output.ShouldContain("0 archived");
        (await CrawlAsync("--allow-delete", "97")).Output.ShouldContain("58 archived");
    }

    [Fact]
    public async Task An_emptied_schema_is_not_archived_by_itself()
    {
        await CrawlAsync();
        await _database.RunAsync("""DROP TABLE "odd/100%"."a/b" """);

        (await CrawlAsync()).Error.ShouldContain("--allow-delete 100");
        (await CrawlAsync("--allow-delete", "100")).Output.ShouldContain("3 archived");
    }

    [Fact]
    public async Task A_schema_that_is_not_wanted_is_neither_read_nor_archived()
    {
        await CrawlAsync();
        await _database.RunAsync("DROP VIEW staff.everyone; DROP FUNCTION sales.vat(numeric)");
        var head = await HeadAsync();

        (await CrawlAsync("--schema", "s*", "--exclude-schema", "staf?")).Code.ShouldBe(0);

        (await EventsAfterAsync(head)).ShouldBe(["DELETE Procedure vat", "UPDATE Schema sales"]);
    }

    [Fact]
    public async Task A_dry_run_shows_everything_and_does_nothing()
    {
        await CrawlAsync();
        await _database.RunAsync("DROP FUNCTION sales.vat(numeric); ALTER TABLE sales.customers ADD phone text");
        var head = await HeadAsync();

        var run = await CrawlAsync("--dry-run");

        run.Code.ShouldBe(0, run.Error);
        run.Output.ShouldContain("+ Column phone");
        run.Output.ShouldContain($"- Procedure {_database.Name}.sales._procedures_.vat(numeric)");
        run.Output.ShouldContain("1 would be created, 1 updated");
        run.Output.ShouldContain("1 archived; nothing was done");
        (await HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task All_databases_are_crawled_and_one_that_is_closed_is_told()
    {
        await using var other = await PostgresDatabase.NewAsync(cluster, "CREATE TABLE t (a int)");
        await using var closed = await PostgresDatabase.NewAsync(cluster, "CREATE TABLE t (a int)");
        await _database.RunAsync($"CREATE ROLE crawl_guest LOGIN; REVOKE CONNECT ON DATABASE {closed.Name} FROM PUBLIC");

        var run = await _server.RunAsync("crawl", "postgres", _database.DsnOf("crawl_guest"), "--name", "shop", "--all-databases");
        await _database.RunAsync("DROP ROLE crawl_guest");

        run.Code.ShouldBe(5);
        run.Error.ShouldContain($"the database {closed.Name} on ");
        run.Error.ShouldContain("permission denied for database");
        (await _server.Client.FindAsync("Column", $"default/postgres/shop/{other.Name}/public/t/a", TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_connection_that_breaks_midway_archives_nothing()
    {
        await CrawlAsync();
        await _database.RunAsync("DROP FOREIGN TABLE sales.old_orders");
        await _database.RunAsync(string.Concat(Enumerable.Range(1, 150).Select(number => $"CREATE TABLE public.t{number} (a int, b int, c int);")));
        await using var locked = await _database.HoldAsync("BEGIN; LOCK TABLE staff.everyone IN ACCESS EXCLUSIVE MODE");
        var head = await HeadAsync();

        var crawl = CrawlAsync();
        await TerminateAsync();
        var run = await crawl;

        run.Code.ShouldBe(5, run.Error);
        run.Error.ShouldContain($"the connection to the database {_database.Name} broke");
        var events = (await EventsAfterAsync(head)).ToList();
        events.ShouldContain("CREATE Table t1");
        events.ShouldNotContain(told => told.StartsWith("DELETE"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static void Describe(AssetDocument asset, StringBuilder text)
    {
        text.Append(asset.Header.TypeName).Append(' ').Append(asset.Header.QualifiedName).Append('\n');
        foreach (var attribute in asset.Entity.Members("attributes").Where(attribute => Told.Contains(attribute.Name)))
        {
            text.Append("    ").Append(attribute.Name).Append(": ").Append(attribute.Value.ToString().ReplaceLineEndings(" ")).Append('\n');
        }

        foreach (var end in asset.Relationships.Where(end => Ends.Contains(end.Name)))
        {
            var others = asset.LiveRelated(end.Name).Select(other => other.QualifiedName).Order(StringComparer.Ordinal);
            text.Append("    ").Append(end.Name).Append(" -> ").AppendJoin(", ", others).Append('\n');
        }
    }

    private static readonly string[] Told =
    [
        "description", "dataType", "order", "isNullable", "isPrimary", "isForeign", "isIndexed", "isPartition", "partitionOrder", "defaultValue", "maxLength",
        "precision", "numericScale", "definition", "constraint", "isPartitioned", "partitionStrategy", "partitionCount", "externalLocation",
        "externalLocationFormat", "rowCount", "columnCount", "tableName", "viewName",
    ];

    private static readonly string[] Ends = ["inputs", "outputs", "process", "parentTable", "atlanSchema", "database"];

    /// <summary>Cuts off the crawl once it waits for a lock.</summary>
    private async Task TerminateAsync()
    {
        await using var watcher = await _database.HoldAsync("SELECT 1");
        await using var command = new Npgsql.NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", watcher);
        while (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is not true)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private Task<Run> CrawlAsync(params string[] options) => _server.RunAsync(["crawl", "postgres", _database.Dsn, "--name", "shop", .. options]);

    private Task<long> HeadAsync() => _server.Client.ReadHeadAsync(TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> EventsAfterAsync(long head) =>
        (await _server.EventsAfterAsync(head)).Select(told => told.Replace(_database.Name, "DB", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private async Task<AssetDocument> FindAsync(string type, string path) =>
        (await _server.Client.FindAsync(type, $"default/postgres/shop/{_database.Name}/{path}", TestContext.Current.CancellationToken))!;

    private async Task<IEnumerable<string>> InputsAsync(string type, string path) =>
        (await FindAsync(type, path)).LiveRelated("inputs").Select(input => input.QualifiedName[$"default/postgres/shop/{_database.Name}/".Length..]);
}
