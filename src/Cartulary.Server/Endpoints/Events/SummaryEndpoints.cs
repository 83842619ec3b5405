using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>
/// Counts what a webhook, or a reader of the feed, would get with some filters. The feed itself judges the events, so that the counts are of the very
/// events that would be sent. One answer looks at no more of the log than one page of the feed.
/// </summary>
internal sealed class SummaryEndpoints(EventFeed feed, ICatalogStore store, TypeRegistrySource types, FeedOptions options)
{
    private const string From = "from";

    /// <summary>Maps <c>GET /api/events/summary</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/events/summary", http => CountAsync(http, http.RequestAborted)).Describe(static () => FeedOperations.Summary);

    private async Task CountAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request.Query);
        var registry = await FeedRequest.TypesForAsync(query, types, store, cancellationToken);
        var request = FeedRequest.Read(query, registry, options);
        var time = ReadTime(query, request);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var head = await store.SeeHeadAsync(cancellationToken);
        if (time is { } from)
        {
            var place = await LogTimes.PlaceBeforeAsync(store, from, cancellationToken);
            request = request with { Start = FeedStart.After, Query = request.Query with { After = place }, PositionName = From };
        }

        if (FeedPosition.Check(request, head) is { } refusal)
        {
            await refusal.SendAsync(http, cancellationToken);
            return;
        }

        var wanted = request.From(head) with { Limit = options.LimitMax };
        var page = await feed.ReadAsync(wanted.Operations.IsEmpty ? wanted with { Operations = Subscription.DefaultEvents } : wanted, cancellationToken);
        if (FeedPosition.Check(request with { Start = FeedStart.After, Query = wanted with { After = page.Next } }, page.Head) is { } refused)
        {
            await refused.SendAsync(http, cancellationToken);
            return;
        }

        await JsonAnswer.SendAsync(http, 200, (wanted.After, page), Write, cancellationToken);
    }

    private static long? ReadTime(QueryReader query, FeedRequest request)
    {
        if (query.Text(From) is not { } text)
        {
            return null;
        }

        if (request.Start != FeedStart.Oldest)
        {
            query.Refuse(From, "either after or from says where to begin");
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time))
        {
            query.Refuse(From, $"from must be a time in epoch milliseconds, not {text}");
            return null;
        }

        return time;
    }

    private static void Write(Utf8JsonWriter writer, (long After, FeedPage Page) answer)
    {
        var (after, page) = answer;
        writer.WriteStartObject();
        writer.WriteString("log"u8, page.Head.LogId);
        writer.WriteNumber("after"u8, after);
        writer.WriteNumber("next"u8, page.Next);
        writer.WriteNumber("matched"u8, page.Events.Length);
        EventSummary.Of(page.Events).Write(writer);
        FeedPosition.WriteBounds(writer, page.Head);
        writer.WriteEndObject();
    }
}
