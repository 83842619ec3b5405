using System.Diagnostics.Metrics;
using Cartulary.Core.Ports;
using Cartulary.Search;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Http;
using Cartulary.Server.Tags;

namespace Cartulary.Server.Telemetry;

/// <summary>What can be read off a running server at any moment; ends with it.</summary>
internal sealed class ServerGauges : IDisposable
{
    private readonly Meter _meter = new(ServerMetrics.MeterName);

    /// <summary>Begins to show.</summary>
    public ServerGauges(ICatalogStore store, BodyGate bodies, FeedWaiting waiting, StreamPlaces streams, TagPropagator propagation, SearchEngine? search)
    {
        _meter.CreateObservableGauge("cartulary_log_head", () => store.Head.Sequence, unit: null, "Sequence of the last event.");
        _meter.CreateObservableGauge("cartulary_log_oldest", () => store.Head.Oldest, unit: null, "Sequence of the oldest event that is kept.");
        _meter.CreateObservableGauge("cartulary_bodies_in_flight_bytes", () => bodies.Held, "By", "Bytes of request bodies that are held.");
        _meter.CreateObservableGauge("cartulary_feed_waiters", () => waiting.Waiters, unit: null, "Readers of the feed that wait for an event.");
        _meter.CreateObservableGauge(
            "cartulary_tags_pending", () => propagation.Pending, unit: null, "Tags that are still to be passed on, as of the last look of the server that does it.");
        _meter.CreateObservableGauge(
            "cartulary_search_lag_events", () => search?.Lag ?? 0, unit: null, "Events that the search index has still to follow; 0 while it is built or where there is none.");
        _meter.CreateObservableGauge("cartulary_search_documents", () => search?.Documents ?? 0, unit: null, "Assets that can be searched; 0 while the index is built.");
        _meter.CreateObservableGauge("cartulary_streams_open", () => streams.Open, unit: null, "Event streams that are open.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
