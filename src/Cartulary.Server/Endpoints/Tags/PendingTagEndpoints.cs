using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Tags;

/// <summary>Tells which tags are still to be passed on.</summary>
internal sealed class PendingTagEndpoints(ICatalogStore store, TypeRegistrySource types)
{
    private const int ShownMax = 1_000;

    private static readonly Operation Pending = new("getPendingTags", "Tags", "Tags that are still to be passed on")
    {
        Description = "The oldest first, at most 1,000. A tag that is not here has reached all that it reaches.",
        Answer = "PendingTags",
    };

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/tags/pending", SendAsync).Describe(static () => Pending);

    private async Task SendAsync(HttpContext http)
    {
        await using var session = await store.ReadAsync(http.RequestAborted);
        var registry = await types.ForAsync(session, http.RequestAborted);
        var pending = await session.CountTagWorkAsync(ShownMax, http.RequestAborted);
        await JsonAnswer.SendAsync(http, 200, (pending, registry), Write, http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, (ImmutableArray<(TagKey Key, long Places)> Pending, TypeRegistry Registry) answer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("pending"u8);
        foreach (var (key, places) in answer.Pending)
        {
            writer.WriteStartObject();
            writer.WriteString("typeName"u8, answer.Registry.Classification(key.TypeId).Name);
            writer.WriteString("entityGuid"u8, key.Source);
            writer.WriteNumber("places"u8, places);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
