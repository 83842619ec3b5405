using System.Text.Json;
using Cartulary.Core.Errors;
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
    private const string SnapshotPath = "/api/events/snapshot";

    /// <summary>Maps <c>GET /api/events</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/events", http => ReadAsync(http, http.RequestAborted)).Describe(FeedOperations.Read);

    private async Task ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request.Query);
        var request = FeedRequest.Read(query, types.Newest, options);
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
        var head = store.Head;
        if (FeedPosition.Check(request, head) is { } refusal)
        {
            ServerMetrics.CountRefusal(refusal.Code);
            await JsonAnswer.SendAsync(http, refusal.Code.Status, refusal, WriteRefusal, cancellationToken);
            return;
        }

        var query = request.Start switch
        {
            FeedStart.Oldest => request.Query with { After = head.Oldest - 1 },
            FeedStart.Latest => request.Query with { After = head.Sequence },
            _ => request.Query,
        };
        var page = await feed.ReadAsync(query, cancellationToken);
        if (page.Events.IsEmpty && request.Wait > TimeSpan.Zero)
        {
            if (await waiting.ContinueAsync(query, page, request.Wait, cancellationToken) is not { } later)
            {
                await ErrorAnswer.SendBusyAsync(http, "Too many readers are waiting for events; ask without wait, or later", cancellationToken);
                return;
            }

            page = later;
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
        WriteBounds(writer, page.Head);
        writer.WriteEndObject();
    }

    private static void WriteRefusal(Utf8JsonWriter writer, FeedPosition refusal)
    {
        writer.WriteStartObject();
        ErrorAnswer.WriteMembers(writer, [new Problem(refusal.Code, refusal.Parameter, refusal.Message)]);
        writer.WriteString("log"u8, refusal.Head.LogId);
        WriteBounds(writer, refusal.Head);
        writer.WriteString("snapshot"u8, SnapshotPath);
        writer.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter writer, CatalogHead head)
    {
        writer.WriteNumber("oldest"u8, head.Oldest);
        writer.WriteNumber("head"u8, head.Sequence);
    }
}
