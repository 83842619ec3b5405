using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Webhooks;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>A webhook goes on in the log that takes the place of one that lost its end, and its messages are told apart from those of the old one.</summary>
[Collection(ManyServersCollection.Name)]
public sealed class WebhookLostTailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_goes_on_in_another_log_without_anybody_touching_it()
    {
        await using var receiver = new Receiver();
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var fleet = await ServerFleet.StartAsync([database.ConnectionString], Token, new KeyValuePair<string, string>("Webhooks__AllowPrivateNetworks", "true"));
        var webhook = new JsonObject { ["name"] = "hook", ["url"] = receiver.Url, ["format"] = "cloudevents" };
        await AskAsync(fleet[0], "/api/webhooks", webhook);
        await SaveAsync(fleet[0], "kept");
        var kept = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];
        await database.StopAsync();
        await database.KeepCopyAsync();
        await database.StartAsync(Token);
        await fleet.WaitUntilReadyAsync(Token);
        await SaveAsync(fleet[0], "lost");
        await receiver.WaitAsync(events => events.Count >= 2, Token);

        await database.StopAsync();
        await database.PutCopyBackAsync();
        await database.StartAsync(Token);
        await fleet.WaitUntilReadyAsync(Token);
        await SaveAsync(fleet[0], "instead");

        var events = await receiver.WaitAsync(events => events[^1].Message.GetProperty("entity").GetProperty("displayText").GetString() == "instead", Token);
        events[^1].Sequence.ShouldBe(2);
        LogOf(events[^1]).ShouldNotBe(LogOf(kept));
    }

    private static string LogOf(ReceivedMessage message) => message.Json.GetProperty("source").GetString()!;

    private static Task SaveAsync(ServerProcess server, string name) => AskAsync(
        server,
        "/api/meta/entity/bulk",
        new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject
            {
                ["typeName"] = "Table",
                ["attributes"] = new JsonObject { ["qualifiedName"] = $"tail/{name}", ["name"] = name },
            }),
        });

    private static async Task AskAsync(ServerProcess server, string path, JsonObject body)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, path, body.ToJsonString(), [], Token)).Success();
    }
}
