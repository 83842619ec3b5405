using System.Diagnostics.Metrics;
using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Kafka;

/// <summary>What can be read off a running sink at any moment; shown by the server that sends, and ends with it.</summary>
public sealed class KafkaGauges : IDisposable
{
    private static readonly KeyValuePair<string, object?> Label = new("sink", KafkaSink.Name);
    private readonly Meter _meter = new(DeliveryMetrics.MeterName);

    /// <summary>Begins to show.</summary>
    /// <param name="read">How far the sink is behind; null on a server that does not send, which shows nothing.</param>
    public KafkaGauges(Func<SinkLag?> read)
    {
        _meter.CreateObservableGauge("cartulary_delivery_lag_events", () => Show(read, static lag => lag.Events), unit: null, "Events that are in the log and not delivered yet");
        _meter.CreateObservableGauge("cartulary_delivery_lag_seconds", () => Show(read, static lag => lag.Seconds), "s", "Age of the oldest event that is not delivered yet");
        _meter.CreateObservableGauge("cartulary_kafka_blocked", () => Show(read, static lag => lag.IsBlocked ? 1L : 0L), unit: null, "1 while somebody must resume the sink");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Show<T>(Func<SinkLag?> read, Func<SinkLag, T> value)
        where T : struct => read() is { } lag ? [new Measurement<T>(value(lag), Label)] : [];
}
