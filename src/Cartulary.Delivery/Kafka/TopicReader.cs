using System.Collections.Immutable;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Reads what a topic is and what its partitions end with. Its calls wait for the brokers, so they are made on a thread of their own.
/// </summary>
internal sealed class TopicReader : IDisposable
{
    private const long FirstLook = 16;
    private const int LookGrowth = 8;
    private readonly KafkaSettings _settings;
    private readonly IConsumer<Ignore, Ignore> _consumer;

    public TopicReader(KafkaSettings settings, ILogger logger)
    {
        _settings = settings;
        _consumer = new ConsumerBuilder<Ignore, Ignore>(ClientConfigs.Reader(settings))
            .SetLogHandler((_, said) => logger.ClientSaid(said.Message))
            .SetErrorHandler((_, error) => logger.ClientSaid(error.Reason))
            .Build();
    }

    /// <summary>How many partitions the topic has; null when there is no such topic.</summary>
    /// <exception cref="KafkaException">Nobody could be asked.</exception>
    public int? CountPartitions()
    {
        using var client = new DependentAdminClientBuilder(_consumer.Handle).Build();
        var topic = client.GetMetadata(_settings.Topic, _settings.AskWithin).Topics.Single(found => found.Topic == _settings.Topic);
        return topic.Error.Code switch
        {
            ErrorCode.NoError when topic.Partitions.Count > 0 => topic.Partitions.Count,
            ErrorCode.NoError or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic => null,
            _ => throw new KafkaException(topic.Error),
        };
    }

    /// <summary>What each partition ends with, of the records of a log.</summary>
    /// <exception cref="KafkaException">It could not be read.</exception>
    public ImmutableArray<PartitionTail> ReadTails(Guid log, int count, CancellationToken cancellationToken)
    {
        var tails = new PartitionTail[count];
        var looks = Enumerable.Range(0, count).Select(LookAt).Where(static look => look.From < look.Until).ToList();
        while (looks.Count > 0)
        {
            Read(looks, log, tails, cancellationToken);
            looks = [.. looks.Where(look => tails[look.Partition].Parts == 0 && look.From > look.Low).Select(static look => look.Before())];
        }

        return [.. tails];
    }

    /// <inheritdoc/>
    public void Dispose() => _consumer.Dispose();

    private Look LookAt(int partition)
    {
        var marks = _consumer.QueryWatermarkOffsets(new TopicPartition(_settings.Topic, partition), _settings.AskWithin);
        return new Look(partition, marks.Low.Value, Math.Max(marks.Low.Value, marks.High.Value - FirstLook), marks.High.Value);
    }

    private void Read(List<Look> looks, Guid log, PartitionTail[] tails, CancellationToken cancellationToken)
    {
        var left = looks.ToDictionary(static look => look.Partition, static look => look.Until);
        _consumer.Assign(looks.Select(look => new TopicPartitionOffset(_settings.Topic, look.Partition, look.From)));
        while (left.Count > 0)
        {
            var found = _consumer.Consume(_settings.AskWithin) ?? throw new KafkaException(new Error(ErrorCode.Local_TimedOut, "the end of the topic could not be read"));
            cancellationToken.ThrowIfCancellationRequested();
            var partition = found.Partition.Value;
            if (!left.TryGetValue(partition, out var until))
            {
                continue;
            }

            if (found is { IsPartitionEOF: false } && found.Offset.Value < until && RecordMarks.Read(found.Message.Headers) is { } marks && marks.Log == log)
            {
                tails[partition] = tails[partition].With(marks);
            }

            if (found.IsPartitionEOF || found.Offset.Value >= until - 1)
            {
                left.Remove(partition);
            }
        }
    }

    /// <summary>Records of a partition to look at.</summary>
    private sealed record Look(int Partition, long Low, long From, long Until)
    {
        public Look Before() => this with { Until = From, From = Math.Max(Low, From - (LookGrowth * (Until - From))) };
    }
}
