using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.Faults;

/// <summary>A tag that is being passed on goes on after its server was killed, and each asset is told of once.</summary>
[Collection(FaultsCollection.Name)]
public sealed class TagJobKillTests : IAsyncLifetime
{
    private const int Columns = 480;
    private const int ColumnsOfTable = 24;

    private static readonly KeyValuePair<string, string>[] SmallSteps = [new("Limits__PassedOnPerSave", "0"), new("Limits__PassedOnPerCommit", "1")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-tags-");
    private readonly PostgresCluster _cluster = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_tag_in_a_file_is_passed_on_after_a_kill()
    {
        string database;
        await using (var server = await ServerProcess.StartAsync(_folder.FullName, Token, SmallSteps))
        {
            using var client = CatalogHttp.ClientFor(server.Address);
            database = await PrepareAsync(client);
            await TagAsync(client, database);
            await WaitForAsync(client, Columns / 40);
            await server.KillAsync(Token);
        }

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token, SmallSteps);
        using var last = CatalogHttp.ClientFor(second.Address);
        await CheckAsync(last, database);
        await VerifyAsync(second);
    }

    [Fact]
    public async Task Another_server_passes_on_the_tags_of_one_that_was_killed()
    {
        await using var schema = await _cluster.NewSchemaAsync(Token);
        await using var fleet = await ServerFleet.StartAsync([schema.ConnectionString], Token, SmallSteps);
        using var client = CatalogHttp.ClientFor(fleet[0].Address);
        var database = await PrepareAsync(client);
        await TagAsync(client, database);
        await WaitForAsync(client, Columns / 40);
        await fleet.KillAsync(0, Token);

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token, [.. ServerProcess.OnPostgres(schema.ConnectionString), .. SmallSteps]);
        using var other = CatalogHttp.ClientFor(second.Address);
        await CheckAsync(other, database);
        await VerifyAsync(second);
    }

    /// <summary>Saves a database whose schema holds tables, whose columns are at the end of the way; the result is its guid.</summary>
    private static async Task<string> PrepareAsync(HttpClient client)
    {
        await SendAsync(client, HttpMethod.Post, "/api/atlas/v2/types/typedefs", """{"classificationDefs":[{"category":"CLASSIFICATION","name":"Pii","attributeDefs":[]}]}""");
        var assets = new JsonArray { Asset("Database", "d", null, null), Asset("Schema", "d/s", "database", "d") };
        for (var table = 0; table < Columns / ColumnsOfTable; table++)
        {
            assets.Add(Asset("Table", $"d/s/t{table}", "atlanSchema", "d/s"));
            for (var column = 0; column < ColumnsOfTable; column++)
            {
                assets.Add(Asset("Column", $"d/s/t{table}/c{column}", "table", $"d/s/t{table}"));
            }
        }

        var created = await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", new JsonObject { ["entities"] = assets }.ToJsonString());
        return created.GetProperty("mutatedEntities").GetProperty("CREATE")[0].GetProperty("guid").GetString()!;
    }

    private static async Task TagAsync(HttpClient client, string guid) =>
        await SendAsync(client, HttpMethod.Post, $"/api/atlas/v2/entity/guid/{guid}/classifications?receipts=true", """[{"typeName":"Pii","propagate":true}]""");

    /// <summary>Waits until so many assets have been told of, and the tag is still being passed on.</summary>
    private static async Task WaitForAsync(HttpClient client, int told)
    {
        while ((await ToldAsync(client)).Count < told)
        {
            await Task.Delay(5, Token);
        }

        (await PendingAsync(client)).ShouldBe(1, "the kill is to come in the middle");
    }

    private static async Task CheckAsync(HttpClient client, string database)
    {
        while (await PendingAsync(client) > 0)
        {
            await Task.Delay(50, Token);
        }

        var told = await ToldAsync(client);
        told.ShouldBeUnique();
        told.Count.ShouldBe(2 + (Columns / ColumnsOfTable) + Columns);
        told[0].ShouldBe(database);
        foreach (var guid in told)
        {
            var entity = (await SendAsync(client, HttpMethod.Get, $"/api/atlas/v2/entity/guid/{guid}")).GetProperty("entity");
            entity.GetProperty("classifications").EnumerateArray().ShouldHaveSingleItem().GetProperty("entityGuid").GetString().ShouldBe(database);
        }
    }

    private static async Task<int> PendingAsync(HttpClient client) =>
        (await SendAsync(client, HttpMethod.Get, "/api/tags/pending")).GetProperty("pending").GetArrayLength();

    private static async Task<List<string>> ToldAsync(HttpClient client)
    {
        var page = await SendAsync(client, HttpMethod.Get, "/api/events?operation=CLASSIFICATION_ADD&limit=5000");
        return [.. page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("guid").GetString()!)];
    }

    private static async Task VerifyAsync(ServerProcess server)
    {
        var (exitCode, said) = await CartularyProgram.RunAsync(["verify", "--url", server.Address.GetLeftPart(UriPartial.Authority)], Token);
        exitCode.ShouldBe(0, said);
    }

    private static JsonObject Asset(string typeName, string qualifiedName, string? parent, string? parentName)
    {
        var attributes = new JsonObject { ["qualifiedName"] = qualifiedName, ["name"] = qualifiedName };
        if (parent is not null)
        {
            var type = parent == "atlanSchema" ? "Schema" : parent == "database" ? "Database" : "Table";
            attributes[parent] = new JsonObject { ["typeName"] = type, ["uniqueAttributes"] = new JsonObject { ["qualifiedName"] = parentName } };
        }

        return new JsonObject { ["typeName"] = typeName, ["attributes"] = attributes };
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, string? json = null) =>
        (await CatalogHttp.SendAsync(client, method, path, json, [], Token)).Success();
}
