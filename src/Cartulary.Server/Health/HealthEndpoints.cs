using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Health;

/// <summary>Whether the process lives, and whether it can work; open to all.</summary>
internal static class HealthEndpoints
{
    private static readonly Operation Live = new("isLive", "Operations", "Whether the process lives") { Answer = "Health", IsOpen = true };

    private static readonly Operation Ready = new("isReady", "Operations", "Whether the server can work")
    {
        Answer = "Health",
        IsOpen = true,
        Refusals = [ErrorCodes.Unavailable],
        RefusalSchemas = ImmutableDictionary<int, string>.Empty.Add(ErrorCodes.Unavailable.Status, "NotReady"),
    };

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, CatalogHealth health)
    {
        endpoints.MapGet("/health/live", http => SendAsync(http, reason: null)).Describe(static () => Live);
        endpoints.MapGet("/health/ready", http => ReadyAsync(http, health)).Describe(static () => Ready);
    }

    private static async Task ReadyAsync(HttpContext http, CatalogHealth health) =>
        await SendAsync(http, await health.WhyNotReadyAsync(http.RequestAborted));

    private static Task SendAsync(HttpContext http, string? reason)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.SendAsync(http, reason is null ? 200 : 503, reason, Write, http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, string? reason)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, reason is null ? "ok" : "unavailable");
        if (reason is not null)
        {
            ErrorAnswer.WriteMembers(writer, [new Problem(ErrorCodes.Unavailable, "", reason)]);
        }

        writer.WriteEndObject();
    }
}
