using System.Net.Http.Headers;
using System.Text.Json;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Servers that start on a database that nobody, or somebody newer, has used.</summary>
[Collection(ManyServersCollection.Name)]
public sealed class StartTogetherTests : IAsyncLifetime
{
    private const string KeyLine = "administrator key, shown this once: ";
    private readonly PostgresCluster _cluster = new();
    private PostgresSchema _schema = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _schema = await _cluster.NewSchemaAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Ten_servers_that_start_together_make_one_catalog_with_one_first_key()
    {
        await using var fleet = await ServerFleet.StartAsync(Enumerable.Repeat(_schema.ConnectionString, 10), Token, new KeyValuePair<string, string>("CARTULARY_API_KEY", ""));

        var key = fleet.All.SelectMany(server => server.Output.Split('\n')).Where(line => line.StartsWith(KeyLine, StringComparison.Ordinal))
            .ShouldHaveSingleItem()[KeyLine.Length..];
        var logs = new HashSet<string>();
        foreach (var server in fleet.All)
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            logs.Add(JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/api/events", Token)).GetProperty("log").GetString()!);
            var keys = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/api/keys", Token)).GetProperty("keys");
            keys.GetArrayLength().ShouldBe(1);
        }

        logs.ShouldHaveSingleItem();
        fleet.All.ShouldAllBe(server => !server.Output.Contains("error:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Database", "nowhere", "nowhere", "3D000")]
    [InlineData("Username", "stranger", "no schema has been selected", "3F000")]
    public async Task A_database_that_refuses_is_told_in_one_line(string part, string value, string reason, string state)
    {
        await _schema.RunAsync("DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$", Token);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(_schema.ConnectionString) { [part] = value };

        var (code, output) = await CartularyProgram.RunAsync(
            ["serve", "--Storage:Provider=postgres", $"--ConnectionStrings:Cartulary={connection.ConnectionString}"], Token);

        code.ShouldBe(3);
        output.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)).ShouldBe(1, output);
        output.ShouldNotContain("   at ", Case.Sensitive, output);
        output.ShouldContain(reason);
        output.ShouldContain(state);
    }

    [Fact]
    public async Task A_database_that_a_newer_version_has_used_is_refused_and_said_so()
    {
        await using (await ServerFleet.StartAsync([_schema.ConnectionString], Token))
        {
            await _schema.RunAsync("INSERT INTO cartulary_schema (version) VALUES (1000)", Token);
        }

        var folder = Directory.CreateTempSubdirectory("cartulary-newer-");
        await using var server = ServerProcess.Start(folder.FullName, ServerProcess.OnPostgres(_schema.ConnectionString));
        (await server.WaitForEndAsync(Token)).ShouldNotBe(0);

        server.Output.ShouldContain("1000");
        server.Output.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody here");
        folder.Delete(recursive: true);
    }
}
