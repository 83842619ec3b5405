using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Messages;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Hands events to the producer and takes its reports. The first report of a failure ends it: what was sent after a failed record is not known to be in order,
/// so the producer is thrown away and the topic's end is read again.
/// </summary>
internal sealed class RecordSender : IDisposable
{
    private static readonly TimeSpan FullWait = TimeSpan.FromMilliseconds(10);

    private readonly KafkaParts _parts;
    private readonly SendWindow _window;
    private readonly RecordWriter _writer;
    private readonly bool _isAlone;
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly CancellationTokenSource _failed = new();
    private readonly Lock _failing = new();
    private (Error Error, SendWindow.Entry? Entry, bool IsCertain)? _failure;
    private volatile SinkTrouble? _unreachable;
    private volatile bool _hasSent;

    /// <summary>Opens a producer.</summary>
    /// <exception cref="InvalidOperationException">The client cannot be set so.</exception>
    public RecordSender(KafkaParts parts, SendWindow window, bool isAlone, ILogger logger)
    {
        _parts = parts;
        _window = window;
        _writer = new RecordWriter(parts.Settings);
        _isAlone = isAlone;
        _producer = new ProducerBuilder<byte[], byte[]>(ClientConfigs.Producer(parts.Settings, isAlone))
            .SetLogHandler((_, said) => logger.ClientSaid(said.Message))
            .SetErrorHandler((_, error) => Hear(error))
            .Build();
    }

    /// <summary>Is cancelled at the first failure.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Whether anything has arrived.</summary>
    public bool HasSent => _hasSent;

    /// <summary>Set while no broker can be reached; records wait meanwhile and are not lost.</summary>
    public SinkTrouble? Unreachable => _unreachable;

    /// <summary>What failed; null when nothing did.</summary>
    public SessionEnd.Troubled? Failure
    {
        get
        {
            lock (_failing)
            {
                return _failure is { } failure ? Judge(failure.Error, failure.Entry, failure.IsCertain) : null;
            }
        }
    }

    private long Now => _parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Sends an event, when there is room.</summary>
    public async ValueTask SendAsync(Message message, int partition, CancellationToken cancellationToken)
    {
        var records = _writer.Write(message);
        await _window.RoomAsync(_parts.Settings.InFlightRecords, _parts.Settings.InFlightBytes, cancellationToken);
        var label = message.Event.Label;
        var entry = _window.Begin(message.Sequence, label.Asset, label.Time, records.Length, records.Sum(static record => (long)record.Value.Length));
        var place = new TopicPartition(_parts.Settings.Topic, partition);
        foreach (var record in records)
        {
            while (!TryProduce(place, record, entry))
            {
                await Task.Delay(FullWait, _parts.Clock, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _producer.Dispose();
        _failed.Dispose();
    }

    private bool TryProduce(TopicPartition place, Message<byte[], byte[]> record, SendWindow.Entry entry)
    {
        try
        {
            _producer.Produce(place, record, report => Take(report.Error, entry));
        }
        catch (ProduceException<byte[], byte[]> refused)
        {
            if (refused.Error.Code == ErrorCode.Local_QueueFull)
            {
                return false;
            }

            Fail(refused.Error, entry, isCertain: true);
        }

        return true;
    }

    private void Take(Error error, SendWindow.Entry entry)
    {
        if (error.IsError)
        {
            Fail(error, entry, _isAlone);
            return;
        }

        _hasSent = true;
        _unreachable = null;
        if (_window.Acknowledge(entry))
        {
            KafkaMetrics.CountSent();
        }
    }

    private void Hear(Error error)
    {
        if (error.IsFatal)
        {
            Fail(error, entry: null, isCertain: false);
        }
        else if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            _unreachable ??= KafkaTroubles.Of(error, Now);
        }
    }

    /// <summary>Of several failures one about size counts, and of those the first event's: others follow from it.</summary>
    private void Fail(Error error, SendWindow.Entry? entry, bool isCertain)
    {
        lock (_failing)
        {
            if (_failure is null || (KafkaTroubles.IsAboutSize(error) && IsBefore(entry, _failure.Value)))
            {
                _failure = (error, entry, isCertain);
            }
        }

        _failed.Cancel();
    }

    private static bool IsBefore(SendWindow.Entry? entry, (Error Error, SendWindow.Entry? Entry, bool IsCertain) known) =>
        entry is not null && (!KafkaTroubles.IsAboutSize(known.Error) || known.Entry is null || entry.Sequence < known.Entry.Sequence);

    private SessionEnd.Troubled Judge(Error error, SendWindow.Entry? entry, bool isCertain)
    {
        if (!KafkaTroubles.IsAboutSize(error) || entry is null)
        {
            return new SessionEnd.Troubled(KafkaTroubles.Of(error, Now));
        }

        return isCertain
            ? new SessionEnd.Troubled(KafkaTroubles.TooLarge(entry.Sequence, entry.Asset, Now))
            : new SessionEnd.Troubled(KafkaTroubles.Of(error, Now), WantsAlone: true);
    }
}
