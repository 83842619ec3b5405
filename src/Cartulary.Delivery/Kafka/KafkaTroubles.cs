using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Confluent.Kafka;

namespace Cartulary.Delivery.Kafka;

/// <summary>What can be wrong with the sink, and what it says to people.</summary>
public static class KafkaTroubles
{
    /// <summary>No broker answers; it is tried again.</summary>
    public const string Unreachable = "UNREACHABLE";

    /// <summary>The brokers refused something else than a record's size; it is tried again.</summary>
    public const string SendingFailed = "SENDING_FAILED";

    /// <summary>The log could not be read; it is tried again.</summary>
    public const string ReadingFailed = "READING_FAILED";

    /// <summary>There is no such topic. Blocks.</summary>
    public const string TopicMissing = "TOPIC_MISSING";

    /// <summary>The topic has another number of partitions. Blocks.</summary>
    public const string PartitionsChanged = "PARTITIONS_CHANGED";

    /// <summary>The brokers refuse a record as too large. Blocks.</summary>
    public const string MessageTooLarge = "MESSAGE_TOO_LARGE";

    /// <summary>What comes next is not in the log any more. Blocks.</summary>
    public const string Trimmed = "TRIMMED";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
        [Unreachable, SendingFailed, ReadingFailed, TopicMissing, PartitionsChanged, MessageTooLarge, Trimmed];

    internal static SinkTrouble NoTopic(string topic, long now) => new(
        TopicMissing,
        $"There is no topic {topic}. Create it with as many partitions as it shall have for good, then resume",
        now,
        IsBlocking: true);

    internal static SinkTrouble OtherPartitions(string topic, int? known, int found, long now) => new(
        PartitionsChanged,
        $"The topic {topic} has {found} partitions, and events were sent when it had {known}. Resuming agrees to it: from then on, events of an asset may come in another partition than its earlier ones",
        now,
        IsBlocking: true)
    {
        Partitions = found,
    };

    internal static SinkTrouble Gone(long position, CatalogHead head, long now) => new(
        Trimmed,
        $"Events after {position} are not in the log any more, which begins with {head.Oldest}. Resume with after {head.Oldest - 1} to go on without those that are missing, or later",
        now,
        IsBlocking: true);

    internal static SinkTrouble TooLarge(long sequence, Guid asset, long now) => new(
        MessageTooLarge,
        $"The brokers refuse event {sequence} as too large. Lower Kafka:MaxMessageBytes, or raise max.message.bytes of the topic, and resume; or resume with skip {sequence} to go on without it",
        now,
        IsBlocking: true)
    {
        Sequence = sequence,
        Asset = asset,
    };

    internal static bool IsAboutSize(Error error) => error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge;

    internal static bool IsAboutReach(Error error) =>
        error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve or ErrorCode.BrokerNotAvailable;

    internal static SinkTrouble Of(Error error, long now) => new(IsAboutReach(error) ? Unreachable : SendingFailed, error.Reason, now, IsBlocking: false);
}
