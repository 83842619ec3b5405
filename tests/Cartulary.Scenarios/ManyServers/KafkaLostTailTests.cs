using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Kafka;
using Cartulary.Testing.Kafka;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Events to Kafka go on in the log that takes the place of one that lost its end, and are told apart from those of the old one.</summary>
[Collection(ManyServersCollection.Name)]
public sealed class KafkaLostTailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_go_on_in_another_log_without_anybody_touching_them()
    {
        using var cluster = new MockCluster();
        cluster.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
        using var consumer = new TopicConsumer(cluster.BootstrapServers, KafkaServer.Topic, KafkaServer.Partitions);
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var fleet = await ServerFleet.StartAsync([database.ConnectionString], Token, KafkaServer.SettingsFor(cluster, ("StartAt", "beginning")));
        await SaveAsync(fleet[0], "kept");
        var kept = consumer.TakeUntil(static taken => taken.Count == 1, Token)[0];
        await database.StopAsync();
        await database.KeepCopyAsync();
        await database.StartAsync(Token);
        await fleet.WaitUntilReadyAsync(Token);
        await SaveAsync(fleet[0], "lost");
        consumer.TakeUntil(static taken => taken.Any(record => NameOf(record) == "lost"), Token);

        await database.StopAsync();
        await database.PutCopyBackAsync();
        await database.StartAsync(Token);
        await fleet.WaitUntilReadyAsync(Token);
        await SaveAsync(fleet[0], "instead");

        var instead = consumer.TakeUntil(static taken => taken.Any(record => NameOf(record) == "instead"), Token)[^1];
        instead.Sequence.ShouldBe(2);
        instead.Headers["cartulary-log"].ShouldNotBe(kept.Headers["cartulary-log"]);
    }

    private static string? NameOf(TopicRecord record) =>
        JsonSerializer.Deserialize<JsonElement>(record.Value).GetProperty("message").GetProperty("entity").GetProperty("displayText").GetString();

    private static async Task SaveAsync(ServerProcess server, string name)
    {
        var body = new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject
            {
                ["typeName"] = "Table",
                ["attributes"] = new JsonObject { ["qualifiedName"] = $"tail/{name}", ["name"] = name },
            }),
        };
        using var client = CatalogHttp.ClientFor(server.Address);
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body.ToJsonString(), [], Token)).Success();
    }
}
