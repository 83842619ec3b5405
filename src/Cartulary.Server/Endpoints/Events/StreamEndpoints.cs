using System.Globalization;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Server.Auth;
using Cartulary.Server.Health;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>The event stream: the feed as server-sent events (WHATWG HTML, "Server-sent events").</summary>
internal sealed class StreamEndpoints(
    EventFeed feed,
    ICatalogStore store,
    TypeRegistrySource types,
    Hosting.Settings settings,
    StreamPlaces places,
    CatalogHealth health,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    private const string LastEventId = "Last-Event-ID";

    // Streams that were opened together do not end together.
    private const double LifetimeSpread = 0.1;

    /// <summary>Maps <c>GET /api/events/stream</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/events/stream", http => StreamAsync(http, http.RequestAborted)).Describe(static () => FeedOperations.Stream);

    private async Task StreamAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store, no-transform";
        var query = new QueryReader(http.Request.Query);
        var registry = await FeedRequest.TypesForAsync(query, types, store, cancellationToken);
        var request = ReadStart(http.Request.Headers, query, FeedRequest.Read(query, registry, settings.Feed));
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var head = await store.SeeHeadAsync(cancellationToken);
        if (FeedPosition.Check(request, head) is { } refusal)
        {
            await refusal.SendAsync(http, cancellationToken);
            return;
        }

        var key = http.Principal().Name;
        if (places.WhyNot(key) is { } reason)
        {
            await ErrorAnswer.SendBusyAsync(http, reason, cancellationToken);
            return;
        }

        try
        {
            await StreamAsync(http, request.From(head), head.LogId);
        }
        finally
        {
            places.Leave(key);
        }
    }

    private async Task StreamAsync(HttpContext http, FeedQuery query, Guid log)
    {
        var options = settings.Stream;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (MethodAnswers.IsHead(http))
        {
            return;
        }

        var time = TimeSpan.FromSeconds(options.LifetimeSeconds) * (1 + (LifetimeSpread * ((Random.Shared.NextDouble() * 2) - 1)));
        using var stream = new EventStream(feed, store, options, clock, http);
        try
        {
            var page = query with { Limit = options.PageEvents, PageBytes = options.PageBytes };
            if (!await stream.RunAsync(page, log, time, lifetime.ApplicationStopping))
            {
                ServerMetrics.CountStreamAborted();
            }
        }
        catch (InvalidDataException problem)
        {
            ServerMetrics.CountLogGap();
            health.Report($"the log is damaged: {problem.Message}");
            throw;
        }
    }

    /// <summary>Where to begin: after the last event that the reader has had, else where it asks, else with the next event to come.</summary>
    internal static FeedRequest ReadStart(IHeaderDictionary headers, QueryReader query, FeedRequest request)
    {
        var last = headers[LastEventId].ToString();
        if (last.Length == 0)
        {
            return request.Start == FeedStart.Oldest && query.Text("after") is null ? request with { Start = FeedStart.Latest } : request;
        }

        if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            query.Refuse(LastEventId, $"{LastEventId} must be the id of an event, not {last}");
            return request;
        }

        return request with { Start = FeedStart.After, Query = request.Query with { After = after }, PositionName = LastEventId };
    }
}
