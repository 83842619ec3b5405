using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Kafka;
using Cartulary.Testing.Kafka;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Of several servers on one database one sends to Kafka, and another goes on when it is gone.</summary>
[Collection(ManyServersCollection.Name)]
public sealed class KafkaTakeoverTests : IAsyncLifetime
{
    private readonly PostgresCluster _postgres = new();
    private readonly MockCluster _cluster = new();
    private ServerFleet _fleet = null!;
    private int _saves;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
        var place = (await _postgres.NewSchemaAsync(Token)).ConnectionString;
        _fleet = await ServerFleet.StartAsync([place, place], Token, KafkaServer.SettingsFor(_cluster, ("StartAt", "beginning")));
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await _postgres.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_server_takes_over_from_one_that_was_killed_and_repeats_nothing()
    {
        using var consumer = new TopicConsumer(_cluster.BootstrapServers, KafkaServer.Topic, KafkaServer.Partitions);
        var rounds = Rounds.Of(2);
        for (var round = 0; round < rounds; round++)
        {
            await SaveAsync(_fleet[round % 2], tables: 20);
            var feed = await FeedAsync(_fleet[1 - (round % 2)]);
            consumer.TakeUntil(taken => taken.Count > feed.Count - 10, Token);
            var sender = await SenderAsync();
            await _fleet.KillAsync(sender, Token);
            await SaveAsync(_fleet[1 - sender], tables: 20);
            consumer.TakeAll((await FeedAsync(_fleet[1 - sender])).Keys, Token);
            await _fleet.ReplaceAsync(sender, Token);
        }

        var all = await FeedAsync(_fleet[0]);
        all.Count.ShouldBe(rounds * 40);
        consumer.TakeAll(all.Keys, Token).ShouldHoldOnce(all);
    }

    [Fact]
    public async Task A_server_that_was_frozen_meanwhile_loses_and_doubles_nothing_for_consumers()
    {
        using var consumer = new TopicConsumer(_cluster.BootstrapServers, KafkaServer.Topic, KafkaServer.Partitions);
        await SaveAsync(_fleet[0], tables: 20);
        consumer.TakeUntil(static taken => taken.Count == 20, Token);
        var sender = await SenderAsync();
        var other = _fleet[1 - sender];

        _fleet[sender].Freeze();
        await SaveAsync(other, tables: 20);
        consumer.TakeAll((await FeedAsync(other)).Keys, Token);
        _fleet[sender].Thaw();
        await SaveAsync(_fleet[sender], tables: 20);

        var feed = await FeedAsync(other);
        var taken = consumer.TakeAll(feed.Keys, Token);
        var kept = taken.GroupBy(static record => record.Partition).SelectMany(Kept).ToList();
        kept.ShouldHoldOnce(feed);
        var status = await StatusAsync(other);
        status.GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    /// <summary>What a consumer keeps that ignores sequences which are not above the highest of the partition.</summary>
    private static IEnumerable<TopicRecord> Kept(IEnumerable<TopicRecord> partition)
    {
        var highest = 0L;
        foreach (var record in partition.Where(record => record.Sequence > highest))
        {
            highest = record.Sequence;
            yield return record;
        }
    }

    /// <summary>The server that sends: only it shows how far behind it is.</summary>
    private async Task<int> SenderAsync()
    {
        while (true)
        {
            for (var number = 0; number < _fleet.Count; number++)
            {
                using var http = new HttpClient { BaseAddress = _fleet[number].Address };
                if ((await http.GetStringAsync("/metrics", Token)).Contains("cartulary_delivery_lag_events{", StringComparison.Ordinal))
                {
                    return number;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }
    }

    private async Task SaveAsync(ServerProcess server, int tables)
    {
        var description = $"save {(++_saves).ToString(CultureInfo.InvariantCulture)}";
        var entities = Enumerable.Range(0, tables).Select(table => (JsonNode)new JsonObject
        {
            ["typeName"] = "Table",
            ["attributes"] = new JsonObject { ["qualifiedName"] = $"takeover/{table}", ["name"] = $"{table}", ["description"] = description },
        });
        var body = new JsonObject { ["entities"] = new JsonArray([.. entities]) };
        using var client = CatalogHttp.ClientFor(server.Address);
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body.ToJsonString(), [], Token)).Success();
    }

    private static async Task<Dictionary<long, JsonElement>> FeedAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var page = (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events?after=0&limit=5000", json: null, [], Token)).Success();
        return page.GetProperty("events").EnumerateArray().ToDictionary(item => item.GetProperty("seq").GetInt64(), item => item.GetProperty("envelope"));
    }

    private static async Task<JsonElement> StatusAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        return (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/sinks/kafka", json: null, [], Token)).Success();
    }
}
