using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Types;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>The whole catalog page by page, with the position from which the feed goes on: for readers who start over.</summary>
internal sealed class SnapshotEndpoints(SnapshotReader reader, ICatalogStore store, TypeRegistrySource types)
{
    private const int LimitDefault = 500;
    private const int LimitMax = 5_000;

    /// <summary>Maps <c>GET /api/events/snapshot</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(FeedPosition.SnapshotPath, http => ReadAsync(http, http.RequestAborted)).Describe(static () => FeedOperations.Snapshot);

    private async Task ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request.Query);
        var head = await store.SeeHeadAsync(cancellationToken);
        var place = ReadPlace(query, head);
        var limit = query.Number("limit", LimitDefault, min: 1, LimitMax);
        var registry = await FeedRequest.TypesForAsync(query, types, store, cancellationToken);
        var typeNames = FeedRequest.ReadTypes(query, registry);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        if (FeedPosition.Check(place, head) is { } refusal)
        {
            await refusal.SendAsync(http, cancellationToken);
            return;
        }

        var page = await reader.ReadAsync(place.After, limit, typeNames, cancellationToken);
        if (FeedPosition.Check(place, page.Head) is { } trimmed)
        {
            await trimmed.SendAsync(http, cancellationToken);
            return;
        }

        await JsonAnswer.SendAsync(http, 200, (place, page), Write, cancellationToken);
    }

    private static SnapshotPlace ReadPlace(QueryReader query, CatalogHead head)
    {
        if (query.Text("page") is not { Length: > 0 } text)
        {
            return SnapshotPlace.Start(head);
        }

        if (!SnapshotPlace.TryParse(text, out var place))
        {
            query.Refuse("page", "page must be what the page before gave");
            return SnapshotPlace.Start(head);
        }

        return place;
    }

    private static void Write(Utf8JsonWriter writer, (SnapshotPlace Place, SnapshotPage Page) answer)
    {
        writer.WriteStartObject();
        writer.WriteString("log"u8, answer.Place.LogId);
        writer.WriteNumber("position"u8, answer.Place.Position);
        writer.WriteStartArray("assets"u8);
        foreach (var asset in answer.Page.Assets)
        {
            writer.WriteStartObject();
            writer.WriteString("guid"u8, asset.Guid);
            writer.WriteString("typeName"u8, asset.TypeName);
            writer.WriteNumber("assetVersion"u8, asset.Version);
            writer.WriteString("status"u8, asset.Status == AssetStatus.Active ? "ACTIVE"u8 : "DELETED"u8);
            writer.WritePropertyName("details"u8);
            writer.WriteRawValue(asset.Details.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (answer.Page.Next is { } next)
        {
            writer.WriteString("page"u8, (answer.Place with { After = next }).ToText());
        }

        writer.WriteEndObject();
    }
}
