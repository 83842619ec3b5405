using Cartulary.Testing.Kafka;
using Confluent.Kafka;

namespace Cartulary.Scenarios.Kafka;

/// <summary>Trimming waits for what has not been sent; while something is wrong, for some days.</summary>
[Collection(KafkaCollection.Name)]
public sealed class KafkaRetentionScenarios
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_is_kept_for_what_has_not_been_sent()
    {
        using var cluster = WithoutTopic();
        await using var server = await SavedAsync(cluster, saves: 6);
        await StartTrimmingAsync(server);
        await server.UntilBlockedAsync("TOPIC_MISSING");
        await server.Catalog.UntilOldestAsync(3);
        cluster.AnswerAbout(KafkaServer.Topic, ErrorCode.NoError);

        (await server.ResumeAsync()).Success();

        using var consumer = server.Consume();
        consumer.TakeAll([3, 4, 5, 6], Token);
        await server.Catalog.UntilOldestAsync(6);
    }

    [Fact]
    public async Task What_could_not_be_sent_for_too_long_is_not_waited_for()
    {
        using var cluster = WithoutTopic();
        await using var server = await SavedAsync(cluster, saves: 6);
        await StartTrimmingAsync(server, ("HoldDays", "0"));
        await server.UntilBlockedAsync("TOPIC_MISSING");

        await server.Catalog.UntilOldestAsync(6);

        cluster.AnswerAbout(KafkaServer.Topic, ErrorCode.NoError);
        (await server.ResumeAsync()).Success();
        await server.UntilBlockedAsync("TRIMMED");
        server.Catalog.Process.Output.ShouldContain("stand still after 2 for more than 0 days");
    }

    private static MockCluster WithoutTopic()
    {
        var cluster = new MockCluster();
        cluster.CreateTopic(KafkaServer.Topic, KafkaServer.Partitions);
        cluster.AnswerAbout(KafkaServer.Topic, ErrorCode.UnknownTopicOrPart);
        return cluster;
    }

    private static async Task<KafkaServer> SavedAsync(MockCluster cluster, int saves)
    {
        var server = await KafkaServer.StartAsync(cluster, ("BootstrapServers", ""));
        await server.SaveManyAsync("before", saves, tables: 1);
        await server.Catalog.Process.StopAsync(Token);
        return server;
    }

    private static Task StartTrimmingAsync(KafkaServer server, params (string Name, string Value)[] settings) =>
        server.Catalog.StartAgainAsync(KafkaServer.SettingsFor(
            server.Cluster, [("StartAt", "2"), ("Retention__Events", "1"), ("Retention__IntervalSeconds", "1"), .. settings]));
}
