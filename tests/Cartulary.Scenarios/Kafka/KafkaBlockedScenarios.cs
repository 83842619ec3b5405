using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Testing.Kafka;
using Confluent.Kafka;

namespace Cartulary.Scenarios.Kafka;

/// <summary>What stops the sink until somebody decides, and how it goes on.</summary>
[Collection(KafkaCollection.Name)]
public sealed class KafkaBlockedScenarios
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_topic_that_is_missing_is_not_made_and_blocks_until_it_is_there_and_somebody_resumes()
    {
        using var cluster = new MockCluster();
        cluster.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
        cluster.AnswerAbout(KafkaServer.Topic, ErrorCode.UnknownTopicOrPart);
        await using var server = await KafkaServer.StartAsync(cluster);
        await server.SaveAsync("first", tables: 3);
        (await server.UntilBlockedAsync("TOPIC_MISSING")).GetProperty("message").GetString()!.ShouldContain(KafkaServer.Topic);
        (await server.ResumeAsync()).Success();
        await server.UntilBlockedAsync("TOPIC_MISSING");
        cluster.AnswerAbout(KafkaServer.Topic, ErrorCode.NoError);

        (await server.ResumeAsync()).Success();

        using var consumer = server.Consume();
        consumer.TakeAll((await server.Catalog.FeedAsync()).Keys, Token).Count.ShouldBe(3);
        await server.UntilDoneAsync();
        (await server.ResumeAsync()).Success();
    }

    [Fact]
    public async Task Another_number_of_partitions_blocks_until_somebody_agrees_to_it()
    {
        await using var server = await KafkaServer.StartAsync();
        await server.SaveAsync("first", tables: 10);
        (await server.UntilDoneAsync()).GetProperty("partitions").GetInt32().ShouldBe(KafkaServer.Partitions);
        await server.Catalog.Process.StopAsync(Token);
        server.Cluster.DeleteTopic(KafkaServer.Topic);
        server.Cluster.CreateTopic(KafkaServer.Topic, 7);
        await server.Catalog.StartAgainAsync();
        await server.UntilBlockedAsync("PARTITIONS_CHANGED");
        await server.SaveAsync("second", tables: 10);
        (await server.StatusAsync()).GetProperty("lag").GetInt64().ShouldBe(10);

        (await server.ResumeAsync()).Success();

        using var consumer = server.Consume(partitions: 7);
        consumer.TakeUntil(static taken => taken.Count == 10, Token).Select(static record => record.Sequence).Order().ShouldBe(Enumerable.Range(11, 10).Select(static n => (long)n));
        (await server.UntilDoneAsync()).GetProperty("partitions").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task An_event_that_brokers_refuse_as_too_large_blocks_and_is_skipped_only_when_somebody_says_so()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        await server.SaveAsync("first", tables: 1);
        consumer.TakeUntil(static taken => taken.Count == 1, Token);
        server.Cluster.Refuse(MockCluster.Produce, ErrorCode.MsgSizeTooLarge, times: 50);

        await server.SaveManyAsync("refused", saves: 2, tables: 1);

        var blocked = await server.UntilBlockedAsync("MESSAGE_TOO_LARGE");
        blocked.GetProperty("sequence").GetInt64().ShouldBe(2);
        blocked.GetProperty("message").GetString()!.ShouldContain("MaxMessageBytes");
        (await server.ResumeAsync(new JsonObject { ["skip"] = 3 })).Status.ShouldBe(409);
        (await server.ResumeAsync(new JsonObject { ["after"] = 2 })).Status.ShouldBe(409);
        server.Cluster.RefuseNoMore(MockCluster.Produce);
        var resumed = (await server.ResumeAsync(new JsonObject { ["skip"] = 2 })).Success();

        var skipped = resumed.GetProperty("skipped").EnumerateArray().ShouldHaveSingleItem();
        (skipped.GetProperty("sequence").GetInt64(), skipped.GetProperty("reason").GetString()).ShouldBe((2, "MESSAGE_TOO_LARGE"));
        consumer.TakeAll([3], Token).Select(static record => record.Sequence).ShouldBe([1, 3]);
        (await server.UntilDoneAsync()).GetProperty("position").GetInt64().ShouldBe(3);
        (await server.ResumeAsync(new JsonObject { ["skip"] = 2 })).Status.ShouldBe(409);
    }

    [Fact]
    public async Task An_event_that_was_refused_as_too_large_is_sent_when_brokers_take_it_after_all()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        server.Cluster.Refuse(MockCluster.Produce, ErrorCode.MsgSizeTooLarge, times: 100);
        await server.SaveAsync("refused", tables: 20);
        await server.UntilBlockedAsync("MESSAGE_TOO_LARGE");
        server.Cluster.RefuseNoMore(MockCluster.Produce);

        (await server.ResumeAsync()).Success();

        var feed = await server.Catalog.FeedAsync();
        consumer.TakeAll(feed.Keys, Token).ShouldHoldOnce(feed);
    }

    [Fact]
    public async Task A_request_of_many_records_that_is_too_large_is_sent_record_by_record_without_anybody()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();
        server.Cluster.Refuse(MockCluster.Produce, ErrorCode.MsgSizeTooLarge, times: 1);

        await server.SaveAsync("many", tables: 1);

        consumer.TakeAll([1], Token).Count.ShouldBe(1);
        await server.UntilDoneAsync();
    }

    [Fact]
    public async Task A_place_that_was_trimmed_blocks_until_somebody_says_where_to_go_on()
    {
        await using var server = await KafkaServer.StartAsync(("BootstrapServers", ""));
        await server.SaveManyAsync("before", saves: 12, tables: 5);
        await server.Catalog.Process.StopAsync(Token);
        await server.Catalog.StartAgainAsync(
            KafkaServer.SettingsFor(server.Cluster, ("StartAt", "3"), ("Retention__Events", "10"), ("Retention__IntervalSeconds", "1"), ("BootstrapServers", "")));
        var oldest = await TrimmedAsync(server);
        await server.Catalog.Process.StopAsync(Token);
        await server.Catalog.StartAgainAsync(KafkaServer.SettingsFor(server.Cluster, ("StartAt", "3")));

        (await server.UntilBlockedAsync("TRIMMED")).GetProperty("message").GetString()!.ShouldContain($"after {oldest - 1}");
        (await server.ResumeAsync()).Status.ShouldBe(400);
        (await server.ResumeAsync(new JsonObject { ["after"] = 4 })).Status.ShouldBe(410);
        (await server.ResumeAsync(new JsonObject { ["after"] = 4_000 })).Status.ShouldBe(409);
        (await server.ResumeAsync(new JsonObject { ["after"] = oldest - 1 })).Success();

        using var consumer = server.Consume();
        await server.UntilDoneAsync();
        consumer.TakeAll([60], Token);
        consumer.TakeUntil(taken => taken.Count == 61 - oldest, Token).Select(static record => record.Sequence).Order().First().ShouldBe(oldest);
    }

    [Fact]
    public async Task Without_brokers_in_the_settings_the_sink_is_off()
    {
        await using var server = await KafkaServer.StartAsync(("BootstrapServers", ""));

        (await server.StatusAsync()).GetProperty("status").GetString().ShouldBe("OFF");
        (await server.ResumeAsync()).Status.ShouldBe(409);
        (await server.ResumeAsync(new JsonObject { ["skipp"] = 1, ["after"] = "x" })).Body.GetProperty("problems").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Passwords_are_nowhere_to_be_seen()
    {
        const string canary = "canary-that-must-not-sing";
        await using var server = await KafkaServer.StartAsync(
            ("SecurityProtocol", "SASL_PLAINTEXT"), ("SaslMechanism", "PLAIN"), ("SaslUsername", "cartulary"), ("SaslPassword", canary), ("Logging__LogLevel__Default", "Trace"));
        await server.SaveAsync("first", tables: 1);

        var status = await server.UntilAsync(static status => KafkaServer.Is(status, "FAILING"));

        status.GetRawText().ShouldNotContain(canary);
        using var http = CatalogHttp.ClientFor(server.Catalog.Process.Address);
        (await http.GetStringAsync("/metrics", Token)).ShouldNotContain(canary);
        await server.Catalog.Process.StopAsync(Token);
        server.Catalog.Process.Output.ShouldContain("Kafka client");
        server.Catalog.Process.Output.ShouldNotContain(canary);
        foreach (var file in Directory.EnumerateFiles(server.Catalog.Folder, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllBytesAsync(file, Token)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(canary)).ShouldBe(-1);
        }
    }

    [Fact]
    public async Task Only_administrators_see_it_and_let_it_go_on()
    {
        await using var server = await KafkaServer.StartAsync();
        using var stranger = new HttpClient { BaseAddress = server.Catalog.Process.Address };

        (await stranger.GetAsync("/api/sinks/kafka", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        var made = (await server.Catalog.CallAsync(HttpMethod.Post, "/api/keys", new JsonObject { ["name"] = "editor", ["role"] = "editor" })).Success();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("key").GetString());
        (await stranger.GetAsync("/api/sinks/kafka", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await stranger.PostAsync("/api/sinks/kafka/resume", content: null, Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await server.UntilDoneAsync()).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    private static async Task<long> TrimmedAsync(KafkaServer server)
    {
        while (true)
        {
            var page = (await server.Catalog.CallAsync(HttpMethod.Get, "/api/events?after=latest")).Success();
            if (page.GetProperty("oldest").GetInt64() is > 5 and var oldest)
            {
                return oldest;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }
    }
}
