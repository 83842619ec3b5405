using System.Collections.Immutable;
using Cartulary.Delivery.Messages;

namespace Cartulary.Delivery.Kafka;

/// <summary>Where events go to, and how.</summary>
/// <param name="BootstrapServers">Brokers to begin with, HOST:PORT with commas between them.</param>
/// <param name="Topic">The topic.</param>
/// <param name="StartAt">Where a sink begins that has never been there.</param>
/// <param name="Naming">How the server names itself in CloudEvents.</param>
public sealed record KafkaSettings(string BootstrapServers, string Topic, SinkStart StartAt, EventNaming Naming)
{
    /// <summary>How records are CloudEvents.</summary>
    public CloudEventsMode CloudEvents { get; init; } = CloudEventsMode.Binary;

    /// <summary>The largest record, in bytes; larger events are compressed and cut into parts.</summary>
    public int MaxMessageBytes { get; init; } = 1_000_000;

    /// <summary>How the client proves who it is and who the brokers are: names and values of librdkafka's configuration. Holds secrets.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Security { get; init; } = [];

    /// <summary>Most records that are on their way at a time.</summary>
    public int InFlightRecords { get; init; } = 10_000;

    /// <summary>Most bytes of such records, but always one event.</summary>
    public int InFlightBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Events that are read at a time.</summary>
    public int PageEvents { get; init; } = 500;

    /// <summary>Bytes of events that are read at a time.</summary>
    public int PageBytes { get; init; } = 1024 * 1024;

    /// <summary>How often the position is stored.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a question to the brokers may take.</summary>
    public TimeSpan AskWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long records on their way may take when the server stops.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(10);
}
