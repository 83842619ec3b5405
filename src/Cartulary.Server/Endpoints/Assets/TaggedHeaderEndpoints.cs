using Cartulary.Core.Errors;
using Cartulary.Core.Query.Audit;
using Cartulary.Server.Answers;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Tells Apache Atlas's client which assets have other tags since a time, by the log.</summary>
internal static class TaggedHeaderEndpoints
{
    private static readonly Operation Get = new("getTaggedHeaders", "Tags", "The assets whose tags changed since a time, in short")
    {
        Parameters = [Parameter.Number("tagUpdateStartTime", "Milliseconds since 1970; everything that is kept if absent.")],
        Answer = "AssetHeadersByGuid",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.AuditTooWide],
    };

    /// <summary>Maps it under a prefix.</summary>
    public static void MapTaggedHeaders(this IEndpointRouteBuilder endpoints, AuditReader audit) =>
        endpoints.MapGet("/entity/bulk/headers", http => GetAsync(http, audit, http.RequestAborted)).Describe(static () => Get);

    private static async Task GetAsync(HttpContext http, AuditReader audit, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var since = query.Text("tagUpdateStartTime");
        var time = 0L;
        if (!string.IsNullOrEmpty(since) && (!long.TryParse(since, out time) || time < 0))
        {
            query.Refuse("tagUpdateStartTime", $"tagUpdateStartTime must be milliseconds since 1970, not {since}");
        }

        var (found, problem) = query.Problems.IsEmpty ? await audit.TaggedSinceAsync(time, cancellationToken) : default;
        await (found is { } assets
            ? JsonAnswer.SendAsync(
                http,
                200,
                assets,
                static (writer, assets) =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartObject("guidHeaderMap"u8);
                    foreach (var asset in assets.Assets)
                    {
                        writer.WritePropertyName(asset.Guid.ToString("D"));
                        AssetHeader.Of(asset, assets.Registry.Entity(asset.TypeId), assets.Registry).Write(writer);
                    }

                    writer.WriteEndObject();
                    writer.WriteEndObject();
                },
                cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems.IsEmpty ? [problem!] : query.Problems, cancellationToken));
    }
}
