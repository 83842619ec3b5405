using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints that save assets.</summary>
internal static class AssetWriteEndpoints
{
    private static readonly ImmutableArray<string> TagFlags = ["replaceClassifications", "replaceTags", "appendTags"];

    private static readonly ImmutableArray<string> OtherFlags =
        ["replaceBusinessAttributes", "overwriteBusinessAttributes", "skipProcessEdgeRestoration"];

    /// <summary>Maps them under a prefix.</summary>
    public static void MapAssetWrites(this IEndpointRouteBuilder endpoints, AssetSaving saving)
    {
        var entity = endpoints.MapGroup("/entity").RequireAdministrator();
        entity.MapPost("/bulk", http => SaveBulkAsync(http, saving, http.RequestAborted)).Describe(AssetOperations.SaveMany);
        entity.MapPost("", http => SaveSingleAsync(http, saving, http.RequestAborted)).Describe(AssetOperations.SaveOne);
        entity.MapPut("/uniqueAttribute/type/{typeName}", http => SavePartialAsync(http, saving, http.RequestAborted))
            .Describe(AssetOperations.SavePart);
    }

    private static Task SaveBulkAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken) =>
        SaveAsync(http, saving, SaveRequestReader.ReadBulk, cancellationToken);

    private static Task SaveSingleAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken) =>
        SaveAsync(http, saving, SaveRequestReader.ReadSingle, cancellationToken);

    private static Task SavePartialAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        return AssetAddress.ByUniqueAttribute(http, query) is { } target && query.Problems.IsEmpty
            ? saving.SaveBodyAsync(http, (body, registry, limits) => SaveRequestReader.ReadPartial(body, target, registry, limits), cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private static Task SaveAsync(HttpContext http, AssetSaving saving, AssetSaving.Reader read, CancellationToken cancellationToken)
    {
        var problems = CheckFlags(new QueryReader(http.Request.Query));
        return problems.IsEmpty
            ? saving.SaveBodyAsync(http, read, cancellationToken)
            : ErrorAnswer.SendAsync(http, problems, cancellationToken);
    }

    /// <summary>The flags speak of tags and custom metadata only, so they need to make sense and say nothing more.</summary>
    private static ImmutableArray<Problem> CheckFlags(QueryReader query)
    {
        var set = TagFlags.Where(query.Flag).ToList();
        foreach (var flag in OtherFlags)
        {
            query.Flag(flag);
        }

        if (set.Count > 1)
        {
            query.Refuse(ErrorCodes.BadRequest, set[1], $"only one of {string.Join(", ", TagFlags)} may be true");
        }

        return query.Problems;
    }
}
