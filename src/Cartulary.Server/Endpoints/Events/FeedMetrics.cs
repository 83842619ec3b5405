using System.Diagnostics.Metrics;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>What is measured about readers of events.</summary>
internal sealed class FeedMetrics : IDisposable
{
    private readonly Meter _meter = new("Cartulary.Server");
    private readonly Counter<long> _aborted;

    /// <summary>Measures these readers.</summary>
    public FeedMetrics(StreamPlaces streams, FeedWaiting waiting)
    {
        _meter.CreateObservableGauge("cartulary_streams_open", () => streams.Open, description: "Event streams that are open.");
        _meter.CreateObservableGauge("cartulary_feed_waiters", () => waiting.Waiters, description: "Readers of the feed that wait for an event.");
        _aborted = _meter.CreateCounter<long>(
            "cartulary_streams_aborted", description: "Event streams that were closed because their readers took nothing any more.");
    }

    /// <summary>A stream was closed because its reader stood still.</summary>
    public void Aborted() => _aborted.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
