namespace Cartulary.Delivery.Kafka;

/// <summary>What came of the wish to resume the sink.</summary>
public abstract record KafkaOutcome
{
    private KafkaOutcome()
    {
    }

    /// <summary>It goes on, or did already.</summary>
    /// <param name="Status">How it does now.</param>
    public sealed record Done(KafkaStatus Status) : KafkaOutcome;

    /// <summary>It is not blocked by what the wish is about; nothing is done.</summary>
    /// <param name="Status">How it does.</param>
    public sealed record NotSo(KafkaStatus Status) : KafkaOutcome;

    /// <summary>What comes next has been trimmed, so a place to go on from is needed.</summary>
    public sealed record NeedsPlace : KafkaOutcome;
}
