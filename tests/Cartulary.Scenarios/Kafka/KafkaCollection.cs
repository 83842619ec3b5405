namespace Cartulary.Scenarios.Kafka;

/// <summary>Tests with brokers of their own run one after the other, beside the others.</summary>
[CollectionDefinition(Name)]
public sealed class KafkaCollection
{
    public const string Name = "Kafka";
}
