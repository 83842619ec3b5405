using System.Text.Json.Nodes;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.ManyServers;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A server that is killed while it delivers to a receiver that fails now and then: nothing is lost, and each asset's events come in order.</summary>
[Collection(FaultsCollection.Name)]
public sealed class WebhookKillTests(ITestOutputHelper output)
{
    private static readonly int Kills = Rounds.Of(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_arrives_and_those_of_one_asset_in_order()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var receiver = new Receiver();
        receiver.Answer = message => message.IsEvent && Next(random, 5) == 0 ? 500 : 204;
        await using var server = await WebhookServer.StartAsync();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();

        for (var round = 1; round <= Kills; round++)
        {
            for (var save = 0; save < 10; save++)
            {
                await server.SaveAsync($"{round}/{save}", [.. Enumerable.Range(0, 4).Select(table => $"t{table}")]);
            }

            await Task.Delay(random.Next(0, 300), Token);
            await server.KillAndStartAsync();
        }

        receiver.Answer = static _ => 204;
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success();
        var log = await server.FeedAsync();
        var events = await receiver.WaitAsync(events => events.Select(message => message.Sequence).Distinct().Count() == log.Count, Token);

        log.Count.ShouldBe(Kills * 10 * 4);
        output.WriteLine($"{Kills} kills: {events.Count} messages for {log.Count} events, {events.Count - log.Count} of them again");
        foreach (var asset in events.DistinctBy(message => message.Id).GroupBy(message => message.Asset, StringComparer.Ordinal))
        {
            asset.Select(message => message.Sequence).ShouldBe(asset.Select(message => message.Sequence).Order());
        }
    }

    private static int Next(Random random, int max)
    {
        lock (random)
        {
            return random.Next(max);
        }
    }
}
