using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.Faults;

/// <summary>The deletion of a connection goes on after its server was killed, and tells of each asset once.</summary>
[Collection(FaultsCollection.Name)]
public sealed class DeletionJobTests : IAsyncLifetime
{
    private const string Connection = "default/faults/1";
    private const int Tables = 60;
    private const int ColumnsOfTable = 19;
    private const int Members = 1 + (Tables * (1 + ColumnsOfTable));

    private static readonly KeyValuePair<string, string>[] SmallSteps = [new("Jobs__StepAssets", "2"), new("Limits__ChangedAssetsPerSave", "400")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-job-");
    private readonly PostgresCluster _cluster = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("PURGE")]
    [InlineData("SOFT")]
    public async Task A_job_in_a_file_goes_on_after_a_kill(string deleteType)
    {
        string job;
        await using (var server = await ServerProcess.StartAsync(_folder.FullName, Token, SmallSteps))
        {
            using var client = CatalogHttp.ClientFor(server.Address);
            await SaveTreeAsync(client);
            job = await BeginAsync(client, deleteType);
            await server.KillAsync(Token);
        }

        var (exitCode, said) = await CartularyProgram.RunAsync(["verify", "--data", _folder.FullName], Token);
        exitCode.ShouldBe(0, said);

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token, SmallSteps);
        using var other = CatalogHttp.ClientFor(second.Address);
        await CheckAsync(other, job, deleteType);
        second.Output.ShouldContain($"Job {job} goes on with the");
        (exitCode, said) = await CartularyProgram.RunAsync(["verify", "--url", second.Address.GetLeftPart(UriPartial.Authority)], Token);
        exitCode.ShouldBe(0, said);
    }

    [Theory]
    [InlineData("PURGE")]
    [InlineData("SOFT")]
    public async Task Another_server_goes_on_with_the_job_of_one_that_was_killed(string deleteType)
    {
        await using var schema = await _cluster.NewSchemaAsync(Token);
        await using var fleet = await ServerFleet.StartAsync([schema.ConnectionString], Token, SmallSteps);
        using var client = CatalogHttp.ClientFor(fleet[0].Address);
        await SaveTreeAsync(client);
        var job = await BeginAsync(client, deleteType);
        await fleet.KillAsync(0, Token);

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token, [.. ServerProcess.OnPostgres(schema.ConnectionString), .. SmallSteps]);
        using var other = CatalogHttp.ClientFor(second.Address);
        await CheckAsync(other, job, deleteType);
        second.Output.ShouldContain($"Job {job} goes on with the");
        var (exitCode, said) = await CartularyProgram.RunAsync(["verify", "--url", second.Address.GetLeftPart(UriPartial.Authority)], Token);
        exitCode.ShouldBe(0, said);
    }

    /// <summary>Begins the deletion, and comes back in the middle of it.</summary>
    private static async Task<string> BeginAsync(HttpClient client, string deleteType)
    {
        var body = new JsonObject { ["kind"] = "delete-connection", ["connection"] = Connection, ["deleteType"] = deleteType };
        var job = (await SendAsync(client, HttpMethod.Post, "/api/jobs", body.ToJsonString())).Success();
        var id = job.GetProperty("id").GetString()!;
        job.GetProperty("total").GetInt32().ShouldBe(Members);
        while (job.GetProperty("done").GetInt32() < Members / 10)
        {
            job = (await SendAsync(client, HttpMethod.Get, $"/api/jobs/{id}")).Success();
        }

        var refused = await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", Bulk([Asset("Table", $"{Connection}/t0"), Asset("Table", $"{Connection}/new")]));
        refused.Status.ShouldBe(409);
        refused.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-409-00-003");
        refused.Body.GetProperty("problems").GetArrayLength().ShouldBe(2);
        refused.Body.GetProperty("errorMessage").GetString()!.ShouldContain(id);
        return id;
    }

    private static async Task CheckAsync(HttpClient client, string id, string deleteType)
    {
        JsonElement job;
        do
        {
            await Task.Delay(50, Token);
            job = (await SendAsync(client, HttpMethod.Get, $"/api/jobs/{id}")).Success();
        }
        while (job.GetProperty("status").GetString() == "RUNNING");

        job.GetProperty("status").GetString().ShouldBe("DONE");
        job.GetProperty("done").GetInt32().ShouldBe(Members);
        var told = await EventsOfAsync(client, id);
        told.Select(message => message.GetProperty("entity").GetProperty("guid").GetString()).ShouldBeUnique();
        told.Where(message => message.GetProperty("operationType").GetString() == "ENTITY_DELETE").Count().ShouldBe(Members);
        told.Count.ShouldBe(Members, "nobody else is told: all neighbours go");
        ShouldGoChildrenFirst(told);
        told.ShouldAllBe(message => message.GetProperty("entity").GetProperty("deleteHandler").GetString() == deleteType);
        (await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", Bulk([Asset("Table", $"{Connection}/new")]))).Status.ShouldBe(200);
    }

    private static void ShouldGoChildrenFirst(List<JsonElement> told)
    {
        var names = told.ConvertAll(message => message.GetProperty("entity").GetProperty("attributes").GetProperty("qualifiedName").GetString()!);
        var places = names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        foreach (var name in names.Where(name => name != Connection))
        {
            places[name].ShouldBeLessThan(places.GetValueOrDefault(name[..name.LastIndexOf('/')], int.MaxValue), name);
        }
    }

    private static async Task<List<JsonElement>> EventsOfAsync(HttpClient client, string job)
    {
        var told = new List<JsonElement>();
        for (var (after, head) = (0L, long.MaxValue); after < head;)
        {
            var page = (await SendAsync(client, HttpMethod.Get, $"/api/events?after={after}&limit=5000")).Success();
            told.AddRange(page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("envelope").GetProperty("message"))
                .Where(message => message.GetProperty("headers").TryGetProperty("x-cartulary-job", out var own) && own.GetString() == job));
            (after, head) = (page.GetProperty("next").GetInt64(), page.GetProperty("head").GetInt64());
        }

        return told;
    }

    private static async Task SaveTreeAsync(HttpClient client)
    {
        (await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", Bulk([Asset("Connection", Connection)]))).Success();
        for (var table = 0; table < Tables; table++)
        {
            var name = $"{Connection}/t{table}";
            var columns = Enumerable.Range(0, ColumnsOfTable).Select(column => Asset("Column", $"{name}/c{column}", name));
            (await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", Bulk([Asset("Table", name), .. columns]))).Success();
        }
    }

    private static string Bulk(IEnumerable<JsonObject> assets) => new JsonObject { ["entities"] = new JsonArray([.. assets]) }.ToJsonString();

    private static JsonObject Asset(string typeName, string qualifiedName, string? table = null)
    {
        var attributes = new JsonObject { ["qualifiedName"] = qualifiedName, ["name"] = qualifiedName[(qualifiedName.LastIndexOf('/') + 1)..] };
        if (table is not null)
        {
            attributes["table"] = new JsonObject { ["typeName"] = "Table", ["uniqueAttributes"] = new JsonObject { ["qualifiedName"] = table } };
        }

        return new JsonObject { ["typeName"] = typeName, ["attributes"] = attributes };
    }

    private static Task<HttpReply> SendAsync(HttpClient client, HttpMethod method, string path, string? json = null) =>
        CatalogHttp.SendAsync(client, method, path, json, [], Token);
}
