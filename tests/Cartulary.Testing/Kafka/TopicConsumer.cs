using System.Diagnostics;
using Confluent.Kafka;

namespace Cartulary.Testing.Kafka;

/// <summary>A consumer of a whole topic that keeps what it has had.</summary>
public sealed class TopicConsumer : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly IConsumer<string, byte[]> _consumer;
    private readonly List<TopicRecord> _taken = [];

    /// <summary>Reads a topic from its beginning.</summary>
    public TopicConsumer(string bootstrapServers, string topic, int partitions)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "tests",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 10,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        _consumer = new ConsumerBuilder<string, byte[]>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
        _consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
    }

    /// <summary>What it has had so far.</summary>
    public IReadOnlyList<TopicRecord> Taken => _taken;

    /// <summary>Takes the next record, if one comes in time.</summary>
    public TopicRecord? Take(TimeSpan patience)
    {
        if (_consumer.Consume(patience) is not { Message: not null } found)
        {
            return null;
        }

        var record = TopicRecord.Of(found);
        _taken.Add(record);
        return record;
    }

    /// <summary>Takes records until it has had what is wished.</summary>
    public IReadOnlyList<TopicRecord> TakeUntil(Func<IReadOnlyList<TopicRecord>, bool> isEnough, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (!isEnough(_taken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(TimeSpan.FromMilliseconds(50));
            if (Stopwatch.GetElapsedTime(start) > Longest)
            {
                throw new TimeoutException($"{_taken.Count} records came; the last were {string.Join(", ", _taken.TakeLast(20).Select(record => record.Sequence))}");
            }
        }

        return _taken;
    }

    /// <summary>Takes records until each of these sequences is among them.</summary>
    public IReadOnlyList<TopicRecord> TakeAll(IEnumerable<long> sequences, CancellationToken cancellationToken)
    {
        var wanted = sequences.ToHashSet();
        return TakeUntil(taken => wanted.IsSubsetOf(taken.Select(static record => record.Sequence)), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _consumer.Dispose();
}
