using System.Diagnostics.Metrics;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What can be read off the deliveries of a running server at any moment; ends with it. Labels name subscriptions, and of very many the first only.</summary>
internal sealed class DeliveryGauges : IDisposable
{
    /// <summary>What the lag in events is, of webhooks and other sinks alike.</summary>
    internal const string LagEventsText = "Events between the place of a webhook or a sink and the head of the log.";

    /// <summary>What the lag in time is, of webhooks and other sinks alike.</summary>
    internal const string LagSecondsText = "How long ago the first event was saved that a webhook or a sink has not settled.";

    private const string SinkLabel = "sink";
    private const string Sink = "webhook";
    private const string SubscriptionLabel = "subscription";
    private readonly Meter _meter = new(DeliveryMetrics.MeterName);
    private readonly Pump _pump;
    private readonly int _labelled;

    /// <summary>Begins to show.</summary>
    public DeliveryGauges(Pump pump, DispatchLimits limits)
    {
        _pump = pump;
        _labelled = limits.SubscriptionsLabelled;
        Show("cartulary_delivery_lag_events", LagEventsText, reading => reading.Lag);
        Show("cartulary_delivery_lag_seconds", LagSecondsText, reading => reading.LagSeconds);
        Show("cartulary_delivery_parked", "Parked events of a webhook.", reading => reading.Parked);
        Show("cartulary_delivery_breaker_open", "1 for a webhook whose receiver fails or has been given up, 0 otherwise.", reading => reading.IsFailing ? 1 : 0);
        _meter.CreateObservableGauge(
            "cartulary_delivery_in_flight", () => _pump.Readings.Sum(reading => reading.InFlight), unit: null, "Messages under way.");
        _meter.CreateObservableGauge("cartulary_delivery_slots_free", () => _pump.FreeSlots, unit: null, "Places for messages that are free.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Show(string name, string description, Func<DeliveryReading, double> value) => _meter.CreateObservableGauge(
        name,
        () => _pump.Readings.Take(_labelled).Select(reading => new Measurement<double>(
            value(reading), new(SinkLabel, Sink), new(SubscriptionLabel, reading.Subscription))),
        unit: null,
        description);
}
