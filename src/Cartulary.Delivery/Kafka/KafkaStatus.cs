using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Kafka;

/// <summary>How the sink does.</summary>
/// <param name="Topic">The topic that this server's settings name; null when they name no brokers.</param>
/// <param name="Row">The sink as it is stored; null before it has begun.</param>
/// <param name="Lag">How many events are not sent yet.</param>
/// <param name="LagSeconds">The age of the oldest of them; zero where nobody knows it any more.</param>
/// <param name="Skipped">The last events that somebody told it not to send.</param>
public sealed record KafkaStatus(string? Topic, SinkRow? Row, long Lag, double LagSeconds, ImmutableArray<SkippedEvent> Skipped)
{
    /// <summary>Says it in a word.</summary>
    public string Word => this switch
    {
        { Topic: null } => "OFF",
        { Row: null } => "STARTING",
        { Row.Trouble: { } trouble } => trouble.IsBlocking ? "BLOCKED" : "FAILING",
        _ => "ACTIVE",
    };
}
