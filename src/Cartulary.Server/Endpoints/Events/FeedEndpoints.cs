using System.Text.Json;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Server.Health;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>The event feed: all changes since a position, in order.</summary>
internal sealed class FeedEndpoints(
    EventFeed feed, FeedWaiting waiting, ICatalogStore store, TypeRegistrySource types, FeedOptions options, CatalogHealth health)
{
    /// <summary>Maps <c>GET /api/events</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/events", http => ReadAsync(http, http.RequestAborted)).Describe(static () => FeedOperations.Read);

    private async Task ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request.Query);
        var registry = await FeedRequest.TypesForAsync(query, types, store, cancellationToken);
        var request = FeedRequest.Read(query, registry, options);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        try
        {
            await AnswerAsync(http, request, cancellationToken);
        }
        catch (InvalidDataException problem)
        {
            // A hole or an unreadable record: never passed over, and the server says that it needs help.
            ServerMetrics.CountLogGap();
            health.Report($"the log is damaged: {problem.Message}");
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext http, FeedRequest request, CancellationToken cancellationToken)
    {
        var head = await store.SeeHeadAsync(cancellationToken);
        if (FeedPosition.Check(request, head) is { } refusal)
        {
            await refusal.SendAsync(http, cancellationToken);
            return;
        }

        var query = request.From(head);
        var page = await feed.ReadAsync(query, cancellationToken);
        if (page.Events.IsEmpty && request.Wait > TimeSpan.Zero && !MethodAnswers.IsHead(http))
        {
            if (await waiting.ContinueAsync(query, page, request.Wait, cancellationToken) is not { } later)
            {
                await ErrorAnswer.SendBusyAsync(http, "Too many readers are waiting for events; ask without wait, or later", cancellationToken);
                return;
            }

            page = later;
        }

        if (page.Head.LogId != head.LogId)
        {
            // The position is one of another log; its events are not what comes after it.
            page = page with { Events = [], Next = query.After };
        }

        if (page.Events.IsEmpty && FeedPosition.Check(request with { Start = FeedStart.After, Query = query with { After = page.Next } }, page.Head) is { } refused)
        {
            await refused.SendAsync(http, cancellationToken);
            return;
        }

        await JsonAnswer.SendAsync(http, 200, page, WritePage, cancellationToken);
    }

    private static void WritePage(Utf8JsonWriter writer, FeedPage page)
    {
        writer.WriteStartObject();
        writer.WriteString("log"u8, page.Head.LogId);
        writer.WriteStartArray("events"u8);
        foreach (var item in page.Events)
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq"u8, item.Sequence);
            writer.WritePropertyName("envelope"u8);
            writer.WriteRawValue(item.Envelope.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("next"u8, page.Next);
        FeedPosition.WriteBounds(writer, page.Head);
        writer.WriteEndObject();
    }
}
