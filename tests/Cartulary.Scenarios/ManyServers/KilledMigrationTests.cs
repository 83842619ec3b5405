using System.Globalization;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// A catalog is carried to PostgreSQL by a program that is killed again and again: run again it goes on, and in the end the
/// database holds the same log, once, and verifies.
/// </summary>
[Collection(ManyServersCollection.Name)]
public sealed class KilledMigrationTests : IAsyncLifetime
{
    private const int Assets = 10_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-killed-");
    private readonly PostgresCluster _cluster = new();
    private PostgresSchema _schema = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Migrate => ["migrate", "--from", $"sqlite:{_folder.FullName}", "--to", $"postgres:{_schema.ConnectionString}"];

    public async ValueTask InitializeAsync() => _schema = await _cluster.NewSchemaAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_migration_that_is_killed_in_the_middle_goes_on_and_carries_everything_once()
    {
        var before = await FillAsync();
        await KillWhenAsync("SELECT to_regclass('cartulary_migration') IS NOT NULL");
        foreach (var table in new[] { "asset", "key", "revision", "commit_log", "head" })
        {
            await KillAtAsync(table);
            await ShouldBeClosedAsync();
        }

        var (code, output) = await CartularyProgram.RunAsync(Migrate, Token);

        code.ShouldBe(0, output);
        output.ShouldContain("going on where an earlier run was interrupted");
        await using var fleet = await ServerFleet.StartAsync([_schema.ConnectionString], Token);
        (await PlaceAsync(fleet[0])).ShouldBe(before);
        await fleet.VerifyAsync(Token);
        (await CartularyProgram.RunAsync(Migrate, Token)).Output.ShouldContain("holds this catalog already");
    }

    /// <summary>Saves assets and changes some of them; tells the log and its end.</summary>
    private async Task<(string Log, long Head)> FillAsync()
    {
        await using var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        await SaveAsync(server, Assets, "first");
        await SaveAsync(server, Assets / 10, "second");
        return await PlaceAsync(server);
    }

    /// <summary>Starts the program and kills it while it waits for a table that somebody else holds.</summary>
    private async Task KillAtAsync(string table)
    {
        await using var holding = new NpgsqlConnection($"{_schema.ConnectionString};Pooling=false");
        await holding.OpenAsync(Token);
        await using var hold = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE", holding);
        await hold.ExecuteNonQueryAsync(Token);
        await KillWhenAsync($"SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass)");
    }

    private async Task KillWhenAsync(string condition)
    {
        using var program = CartularyProgram.Start(Migrate, ServerProcess.Key);
        var output = Task.WhenAll(program.StandardOutput.ReadToEndAsync(Token), program.StandardError.ReadToEndAsync(Token));
        await using var connection = new NpgsqlConnection($"{_schema.ConnectionString};Pooling=false");
        await connection.OpenAsync(Token);
        await using var asking = new NpgsqlCommand(condition, connection);
        while (await asking.ExecuteScalarAsync(Token) is not true)
        {
            program.HasExited.ShouldBeFalse(condition);
            await Task.Delay(TimeSpan.FromMilliseconds(2), Token);
        }

        program.Kill();
        await program.WaitForExitAsync(Token);
        string.Concat(await output).ShouldNotContain("is complete");
    }

    private async Task ShouldBeClosedAsync()
    {
        string[] serve = ["serve", "--urls", "http://127.0.0.1:0", "--Storage:Provider=postgres", $"--ConnectionStrings:Cartulary={_schema.ConnectionString}"];
        var (code, output) = await CartularyProgram.RunAsync(serve, Token);
        code.ShouldNotBe(0);
        output.ShouldContain("is not complete");
    }

    private static async Task SaveAsync(ServerProcess server, int count, string description)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var tables = Enumerable.Range(0, count).Select(number => new AssetDraft("Table", $"killed/t{number.ToString(CultureInfo.InvariantCulture)}", "t").With("description", description).Json);
        var body = new JsonObject { ["entities"] = new JsonArray([.. tables]) }.ToJsonString();
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body, [], Token)).Success();
    }

    private static async Task<(string Log, long Head)> PlaceAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var page = (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events?limit=1", null, [], Token)).Success();
        return (page.GetProperty("log").GetString()!, page.GetProperty("head").GetInt64());
    }
}
