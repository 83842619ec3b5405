using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>A client whose server is killed before it has an answer sends its request again, and cannot tell what happened in between.</summary>
[Collection(FaultsCollection.Name)]
public sealed class RetryAfterKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 4;
    private const string Bulk = "/api/meta/entity/bulk";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-retry-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_term_that_is_created_again_after_a_kill_is_there_once()
    {
        var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        var glossary = await CreateGlossaryAsync(server);
        var replayed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var sending = TrySendAsync(server, Term(glossary, round), round);
            await Task.Delay(Random.Shared.Next(0, 12), Token);
            await server.KillAsync(Token);
            await sending;
            await server.DisposeAsync();
            server = await ServerProcess.StartAsync(_folder.FullName, Token);

            var retry = (await TrySendAsync(server, Term(glossary, round), round)).ShouldNotBeNull();

            retry.Success().GetProperty("mutatedEntities").GetProperty("CREATE").GetArrayLength().ShouldBe(1);
            replayed += retry.Headers.ContainsKey("Idempotent-Replayed") ? 1 : 0;
        }

        output.WriteLine($"{replayed} of {Rounds} had been committed before the kill");
        (await CountEventsAsync(server)).ShouldBe(Rounds);
        (await server.StopAsync(Token)).ShouldBe(0, server.Output);
        await server.DisposeAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Term(string glossary, int round) => Entities(
        new AssetDraft("AtlasGlossaryTerm", "-", $"term {round}").Relating("anchor", new JsonObject { ["guid"] = glossary }).ByGuid("-1"));

    private static string Entities(AssetDraft draft) => new JsonObject { ["entities"] = new JsonArray(draft.Json) }.ToJsonString();

    private static async Task<string> CreateGlossaryAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var reply = await CatalogHttp.SendAsync(client, HttpMethod.Post, Bulk, Entities(new AssetDraft("AtlasGlossary", "-", "glossary").ByGuid("-1")), [], Token);
        return reply.Success().GetProperty("guidAssignments").GetProperty("-1").GetString()!;
    }

    /// <summary>The answer, or null when the server went away before it.</summary>
    private static async Task<HttpReply?> TrySendAsync(ServerProcess server, string body, int round)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        try
        {
            return await CatalogHttp.SendAsync(client, HttpMethod.Post, Bulk, body, [new("Idempotency-Key", $"round-{round}")], Token);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<int> CountEventsAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var page = await CatalogHttp.SendAsync(
            client, HttpMethod.Get, "/api/events?operation=ENTITY_CREATE&typeName=AtlasGlossaryTerm", json: null, [], Token);
        return page.Success().GetProperty("events").GetArrayLength();
    }
}
