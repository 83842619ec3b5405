using Confluent.Kafka;

namespace Cartulary.Delivery.Kafka;

/// <summary>How the clients of librdkafka are set.</summary>
internal static class ClientConfigs
{
    private const string ClientId = "cartulary";
    private const int HeaderRoom = 48_576;

    /// <summary>
    /// The producer's: one that writes each partition in order and without gaps, or fails as a whole. A record never times out in the queue, since one that
    /// did would be left out and later ones sent (librdkafka, "Introduction", "Idempotent Producer").
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="isAlone">Whether each record goes in a request of its own, so that a refused one is known.</param>
    public static ProducerConfig Producer(KafkaSettings settings, bool isAlone)
    {
        var config = new ProducerConfig(Security(settings))
        {
            BootstrapServers = settings.BootstrapServers,
            ClientId = ClientId,
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            Acks = Acks.All,
            MaxInFlight = 5,
            MessageTimeoutMs = 0,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            MessageMaxBytes = settings.MaxMessageBytes + HeaderRoom,
            QueueBufferingMaxMessages = Math.Max(settings.InFlightRecords, 1_000),
            QueueBufferingMaxKbytes = Math.Max(settings.InFlightBytes, settings.MaxMessageBytes * 2) / 1_024,
            SocketNagleDisable = true,
            DeliveryReportFields = "none",
        };
        if (isAlone)
        {
            config.BatchNumMessages = 1;
        }

        return config;
    }

    /// <summary>That of the reader of the topic's end. It belongs to no group and commits nothing, but the client wants a name.</summary>
    public static ConsumerConfig Reader(KafkaSettings settings) => new(Security(settings))
    {
        BootstrapServers = settings.BootstrapServers,
        ClientId = ClientId,
        GroupId = ClientId,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        IsolationLevel = IsolationLevel.ReadUncommitted,
        AllowAutoCreateTopics = false,
        FetchWaitMaxMs = 20,
    };

    private static Dictionary<string, string> Security(KafkaSettings settings) => new(settings.Security, StringComparer.Ordinal);
}
