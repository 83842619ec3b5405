using Cartulary.Scenarios.ManyServers;
using Cartulary.Scenarios.Webhooks;
using Cartulary.Testing.Kafka;
using Confluent.Kafka;

namespace Cartulary.Scenarios.Kafka;

/// <summary>Whatever happens to the server or the brokers, no event is lost, none overtakes another in its partition, and after a kill none comes twice.</summary>
[Collection(KafkaCollection.Name)]
public sealed class KafkaFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_killed_after_an_acknowledgement_and_before_its_checkpoint_sends_nothing_twice()
    {
        await using var server = await KafkaServer.StartAsync(("StartAt", "beginning"));
        using var consumer = server.Consume();
        var rounds = Rounds.Of(4);
        for (var round = 1; round <= rounds; round++)
        {
            await server.SaveAsync($"round {round}", tables: 20);
            var head = round * 20L;
            consumer.TakeUntil(taken => taken.Count > head - 10, Token);
            await server.Catalog.KillAndStartAsync();
        }

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token);
        await server.SaveAsync("last", tables: 20);

        feed = await server.Catalog.FeedAsync();
        feed.Count.ShouldBe((rounds + 1) * 20);
        consumer.TakeAll(feed.Keys, Token).ShouldHoldOnce(feed);
    }

    [Fact]
    public async Task A_large_event_whose_parts_were_broken_off_is_sent_whole_again()
    {
        await using var server = await KafkaServer.StartAsync(("StartAt", "beginning"), ("MaxMessageBytes", "8192"));
        using var consumer = server.Consume();
        await server.SaveAsync(Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(30_000)), tables: 1);
        var parts = consumer.TakeUntil(static taken => taken.Count > 0 && taken[^1].Headers["cartulary-part"].Split('/') is var part && int.Parse(part[0]) + 1 == int.Parse(part[1]), Token).ToList();
        await server.Catalog.Process.KillAsync(Token);
        using (var broken = new MockCluster())
        {
            broken.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
            Copy(parts[..^1], broken);
            Array.ForEach(Directory.GetFiles(server.Catalog.Folder, "delivery.db*"), File.Delete);
            await server.Catalog.StartAgainAsync(KafkaServer.SettingsFor(broken, ("StartAt", "beginning"), ("MaxMessageBytes", "8192")));
            using var again = new TopicConsumer(broken.BootstrapServers, KafkaServer.Topic, KafkaServer.Partitions);

            var records = again.TakeUntil(taken => taken.Count == (2 * parts.Count) - 1, Token);

            records.Skip(parts.Count - 1).Select(static record => record.Value).ShouldBe(parts.Select(static part => part.Value));
            await server.Catalog.Process.StopAsync(Token);
        }
    }

    [Fact]
    public async Task While_brokers_are_down_saves_and_webhooks_go_on_and_afterwards_everything_arrives()
    {
        await using var server = await KafkaServer.StartAsync();
        await using var receiver = new Receiver();
        await server.Catalog.CreateAsync(receiver, "cloudevents");
        using var consumer = server.Consume();
        await server.SaveAsync("before", tables: 10);
        consumer.TakeUntil(static taken => taken.Count == 10, Token);

        server.Cluster.GoDown();
        await server.SaveManyAsync("down", saves: 10, tables: 10);
        await receiver.WaitAsync(static events => events.Count == 110, Token);
        await server.UntilAsync(static status => KafkaServer.Is(status, "FAILING") && status.GetProperty("lag").GetInt64() == 100);
        using (var http = new HttpClient { BaseAddress = server.Catalog.Process.Address })
        {
            (await http.GetAsync("/health/ready", Token)).IsSuccessStatusCode.ShouldBeTrue();
            (await http.GetStringAsync("/metrics", Token)).ShouldContain("cartulary_delivery_lag_events{otel_scope_name=\"Cartulary.Delivery\",sink=\"kafka\"} 100");
        }

        server.Cluster.ComeUp();

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token).ShouldHoldOnce(feed);
        await server.UntilDoneAsync();
    }

    [Fact]
    public async Task A_server_that_starts_while_brokers_are_down_sends_when_they_come()
    {
        using var cluster = new MockCluster();
        cluster.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
        cluster.GoDown();
        await using var server = await KafkaServer.StartAsync(cluster);
        await server.UntilAsync(static status => KafkaServer.Is(status, "FAILING") && status.GetProperty("statusReason").GetString() == "UNREACHABLE");
        await server.SaveAsync("meanwhile", tables: 5);

        cluster.ComeUp();

        using var consumer = server.Consume();
        consumer.TakeAll((await server.Catalog.FeedAsync()).Keys, Token).Count.ShouldBe(5);
    }

    // These brokers do not notice that a record before one is missing, which real ones do; so few records go at a time that none has another one behind it.
    [Theory]
    [InlineData(ErrorCode.RequestTimedOut)]
    [InlineData(ErrorCode.NotLeaderForPartition)]
    [InlineData(ErrorCode.NotEnoughReplicas)]
    [InlineData(ErrorCode.InvalidMsg)]
    public async Task What_brokers_cannot_take_for_a_moment_arrives_once_and_in_order(ErrorCode refusal)
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        for (var round = 0; round < 5; round++)
        {
            server.Cluster.Refuse(MockCluster.Produce, refusal, times: 5);
            await server.SaveAsync($"refused {round}", tables: 3);
            consumer.TakeAll((await server.Catalog.FeedAsync()).Keys, Token);
        }

        await server.UntilDoneAsync();
        consumer.Taken.ShouldHoldOnce(await server.Catalog.FeedAsync());
    }

    [Fact]
    public async Task What_brokers_refuse_arrives_once_and_in_order_when_they_take_it()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        await server.SaveAsync("before", tables: 20);
        consumer.TakeUntil(static taken => taken.Count == 20, Token);
        server.Cluster.Refuse(MockCluster.Produce, ErrorCode.TopicAuthorizationFailed, times: 1_000);
        await server.SaveManyAsync("refused", saves: 3, tables: 20);
        await server.UntilAsync(static status => KafkaServer.Is(status, "FAILING") && status.GetProperty("statusReason").GetString() == "SENDING_FAILED");

        server.Cluster.RefuseNoMore(MockCluster.Produce);

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token).ShouldHoldOnce(feed);
        await server.UntilDoneAsync();
    }

    [Fact]
    public async Task A_server_that_is_stopped_has_sent_what_was_under_way_and_sends_nothing_twice()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        for (var round = 0; round < 3; round++)
        {
            await server.SaveAsync($"round {round}", tables: 100);
            (await server.Catalog.Process.StopAsync(Token)).ShouldBe(0);
            await server.Catalog.StartAgainAsync();
        }

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token);
        await server.UntilDoneAsync();
        consumer.Taken.ShouldHoldOnce(feed);
    }

    [Fact]
    public async Task A_server_stops_while_brokers_are_down_and_sends_afterwards_what_waited()
    {
        await using var server = await KafkaServer.StartAsync(("StopSeconds", "1"));
        using var consumer = server.Consume();
        await server.SaveAsync("before", tables: 10);
        consumer.TakeUntil(static taken => taken.Count == 10, Token);
        server.Cluster.GoDown();
        await server.SaveAsync("down", tables: 10);

        (await server.Catalog.Process.StopAsync(Token)).ShouldBe(0);
        server.Cluster.ComeUp();
        await server.Catalog.StartAgainAsync();

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token).ShouldHoldOnce(feed);
    }

    private static void Copy(IEnumerable<TopicRecord> records, MockCluster cluster)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = cluster.BootstrapServers }).Build();
        foreach (var record in records)
        {
            var headers = new Headers();
            foreach (var (name, value) in record.Headers)
            {
                headers.Add(name, System.Text.Encoding.UTF8.GetBytes(value));
            }

            producer.Produce(new TopicPartition(KafkaServer.Topic, record.Partition), new Message<string, byte[]> { Key = record.Key, Value = record.Value, Headers = headers });
        }

        producer.Flush(Token);
    }
}
