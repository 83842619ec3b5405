using System.Text;
using System.Text.Json.Nodes;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Postgres;
using Cartulary.Testing.Postgres;

namespace Cartulary.Cli.Tests.Sources.Postgres;

public sealed class PostgresSourceTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.NewAsync(cluster, SampleDatabase.Script);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task However_small_the_pages_are_the_assets_are_the_same(int page) => (await ReadAsync(page)).ShouldBe(await ReadAsync(500));

    [Fact]
    public async Task What_the_database_is_set_to_print_changes_nothing()
    {
        await _database.RunAsync("CREATE VIEW staff.recent AS SELECT id FROM sales.customers WHERE joined > timestamptz '2026-01-02 03:04+00' - interval '1 day'");
        var before = await ReadAsync(500);
        await _database.RunAsync(
            $"""
            ALTER DATABASE {_database.Name} SET search_path = sales, staff;
            ALTER DATABASE {_database.Name} SET datestyle = 'German';
            ALTER DATABASE {_database.Name} SET intervalstyle = 'iso_8601';
            ALTER DATABASE {_database.Name} SET timezone = 'Asia/Tokyo';
            ALTER DATABASE {_database.Name} SET quote_all_identifiers = on;
            """);

        (await ReadAsync(500)).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_referred_to_comes_first()
    {
        var seen = new HashSet<string>();
        await foreach (var asset in Source(500).ReadAsync(new ScanReport(_ => { }), TestContext.Current.CancellationToken))
        {
            seen.Add(asset.QualifiedName);
            References(asset.Attributes).ShouldBeSubsetOf(seen, asset.QualifiedName);
        }
    }

    [Fact]
    public async Task Only_what_was_read_to_its_end_is_said_to_be()
    {
        var report = new ScanReport(_ => { });
        await foreach (var asset in Source(500).ReadAsync(report, TestContext.Current.CancellationToken))
        {
            report.Scopes.ShouldBeEmpty(asset.QualifiedName);
            report.SchemaLists.ShouldBeEmpty();
        }

        report.Scopes.Select(scope => (scope.Label, scope.IsEmpty)).ShouldBe(
        [
            ($"{_database.Name}.odd/100%", false), ($"{_database.Name}.public", true), ($"{_database.Name}.sales", false), ($"{_database.Name}.staff", false),
        ]);
        report.SchemaLists.ShouldHaveSingleItem().Schemas.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(null, null, 5432, "default/postgres/db.example.com", "db.example.com")]
    [InlineData(null, null, 6000, "default/postgres/db.example.com:6000", "db.example.com:6000")]
    [InlineData("shop / eu", null, 6000, "default/postgres/shop %2F eu", "shop / eu")]
    [InlineData(null, "default/postgres/1700000000", 6000, "default/postgres/1700000000", "1700000000")]
    public void The_connection_follows_from_the_options_alone(string? name, string? connection, int port, string qualifiedName, string expectedName)
    {
        var source = new PostgresSource(new("Database=x") { Host = "db.example.com", Port = port }, Options(500), name, connection);

        source.Connection.QualifiedName.ShouldBe(qualifiedName);
        source.Connection.Attributes["name"]!.GetValue<string>().ShouldBe(expectedName);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static PostgresOptions Options(int page) => new(new SchemaFilter([], []), AllDatabases: false, WithStatistics: true, new PostgresLimits(TimeSpan.FromSeconds(60), page));

    private PostgresSource Source(int page) => new(_database.Address, Options(page), "shop", null);

    private async Task<List<string>> ReadAsync(int page)
    {
        var assets = new List<string>();
        await foreach (var asset in Source(page).ReadAsync(new ScanReport(_ => { }), TestContext.Current.CancellationToken))
        {
            assets.Add(Encoding.UTF8.GetString(asset.ToEntity("-1").Utf8.Span));
        }

        return assets;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject reference when reference["uniqueAttributes"] is { } unique => [unique["qualifiedName"]!.GetValue<string>()],
        JsonObject members => members.SelectMany(member => References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
