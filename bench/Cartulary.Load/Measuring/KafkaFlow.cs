using System.Diagnostics;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;
using Cartulary.Testing.Kafka;
using Confluent.Kafka;

namespace Cartulary.Load.Measuring;

/// <summary>
/// Events to Kafka: how many a second go to a topic that is far behind, and how soon a consumer hears of a save. The brokers are the mock ones of the client
/// library, in this process, so this says what the server can do and not what brokers can.
/// </summary>
internal sealed class KafkaFlow(Effort effort, FigureList figures)
{
    private const string Topic = "ATLAS_ENTITIES";
    private const int Partitions = 6;
    private const int Columns = 50_000;

    /// <summary>Measures, in a folder that is still empty.</summary>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        await using (var server = await CatalogProcess.StartAsync(folder, cancellationToken))
        {
            await server.GuardAsync(async () =>
            {
                await ClosedLoop.OnceAsync(server.Target, 1, [.. Warehouse.Tables(0, Columns / Warehouse.ColumnsPerTable)], cancellationToken);
                await ClosedLoop.OnceAsync(server.Target, 4, Warehouse.Columns(0, Columns, 100), cancellationToken);
            });
        }

        using var cluster = new MockCluster();
        cluster.CreateTopic(Topic, Partitions);
        var settings = new Dictionary<string, string> { ["Kafka__BootstrapServers"] = cluster.BootstrapServers, ["Kafka__StartAt"] = "beginning" };
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = "bench",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 5,
        }).SetLogHandler(static (_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(static partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        await using var again = await CatalogProcess.StartAsync(folder, settings, cancellationToken);
        await again.GuardAsync(async () =>
        {
            MeasureRate(consumer, await again.Target.HeadAsync(cancellationToken));
            await WarmUp.SettleAsync(again.Target, Warehouse.Columns(0, Columns, 100), cancellationToken);
            await MeasureDelayAsync(consumer, again.Target, cancellationToken);
        });
    }

    /// <summary>The whole log, from the first record that a consumer gets to the last.</summary>
    private void MeasureRate(IConsumer<Ignore, byte[]> consumer, long events)
    {
        var (bytes, count, first) = (0L, 0L, 0L);
        while (count < events)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is { Message: not null } record)
            {
                first = count == 0 ? Stopwatch.GetTimestamp() : first;
                bytes += record.Message.Value.Length;
                count++;
            }
        }

        var seconds = Stopwatch.GetElapsedTime(first).TotalSeconds;
        figures.Group("Kafka (mock brokers and consumer in the load generator), the whole log from its beginning");
        figures.Add(new Figure("events", events, ""));
        figures.Add(new Figure("bytes of an event", bytes / (double)events, "B"));
        figures.Add(new Figure("through the topic to a consumer", events / seconds, "events/s"));
    }

    /// <summary>100 saves a second: from the answer to a save until a consumer has its event.</summary>
    private async Task MeasureDelayAsync(IConsumer<Ignore, byte[]> consumer, Target server, CancellationToken cancellationToken)
    {
        var heard = new HeardEditions();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = Task.Factory.StartNew(Listen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await new PacedSaves().SaveAtPaceAsync(server, effort.StreamTime, cancellationToken);
        var answered = await new PacedSaves(90_000_000).SaveAtPaceAsync(server, effort.StreamTime * 2, cancellationToken);
        while (answered.Exists(save => !heard.Has(save.Edition)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        await over.CancelAsync();
        await listening;
        var sinceSent = new Latencies(answered.Select(save => heard[save.Edition] - save.Sent));
        var sinceAnswer = new Latencies(answered.Select(save => heard[save.Edition] - save.Answered));
        figures.Group("Commit to a consumer of Kafka (mock), 100 single saves a second");
        figures.Add(new Figure("from the answer to a save to its record, p50", sinceAnswer.Microseconds(0.5), "us"));
        figures.Add(new Figure("from the answer to a save to its record, p99", sinceAnswer.Microseconds(0.99), "us") { Aim = "20,000" });
        figures.Add(new Figure("from sending a save to its record, p50", sinceSent.Microseconds(0.5), "us"));
        figures.Add(new Figure("from sending a save to its record, p99", sinceSent.Microseconds(0.99), "us"));

        void Listen()
        {
            while (!over.IsCancellationRequested)
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { Message: not null } record)
                {
                    heard.Take(record.Message.Value);
                }
            }
        }
    }
}
