using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
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
    public static void MapAssetWrites(this IEndpointRouteBuilder endpoints, AssetSaving saving, AssetReader reader)
    {
        var entity = endpoints.MapGroup("/entity").RequireEditor();
        entity.MapPost("/bulk", http => SaveBulkAsync(http, saving, http.RequestAborted)).Describe(static () => AssetOperations.SaveMany);
        entity.MapPost("", http => SaveSingleAsync(http, saving, http.RequestAborted)).Describe(static () => AssetOperations.SaveOne);
        entity.MapPut("/guid/{guid}", http => SaveAttributeAsync(http, saving, reader, http.RequestAborted))
            .Describe(static () => AssetOperations.SaveAttribute);
        entity.MapPut("/uniqueAttribute/type/{typeName}", http => SavePartialAsync(http, saving, http.RequestAborted))
            .Describe(static () => AssetOperations.SavePart);
    }

    private static Task SaveBulkAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken) =>
        SaveAsync(http, saving, SaveRequestReader.ReadBulk, BodyShape.Bulk, cancellationToken);

    private static Task SaveSingleAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken) =>
        SaveAsync(http, saving, SaveRequestReader.ReadSingle, BodyShape.Single, cancellationToken);

    private static Task SavePartialAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        return AssetAddress.ByUniqueAttribute(http, query) is { } target && query.Problems.IsEmpty
            ? saving.SaveBodyAsync(
                http,
                (body, registry, limits, notes) => SaveRequestReader.ReadPartial(body, target, registry, limits, notes),
                isSingle: true,
                whole: null,
                cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    /// <summary>The type of an asset never changes, so that it may be read before the save.</summary>
    private static async Task SaveAttributeAsync(HttpContext http, AssetSaving saving, AssetReader reader, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var name = query.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            query.Refuse("name", "name is missing");
        }

        if (AssetAddress.ByGuid(http, query) is not { } target || !query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var (view, problem) = await reader.GetAsync(target, withEdges: false, cancellationToken);
        await (view is null
            ? ErrorAnswer.SendAsync(http, [problem!], cancellationToken)
            : saving.SaveBodyAsync(
                http,
                (body, registry, limits, _) => AttributeRequestReader.Read(body, target, registry.Entity(view.Type.Id), name!, limits),
                isSingle: true,
                whole: null,
                cancellationToken));
    }

    private static Task SaveAsync(HttpContext http, AssetSaving saving, AssetSaving.Reader read, BodyShape whole, CancellationToken cancellationToken)
    {
        var problems = CheckFlags(new QueryReader(http.Request.Query));
        return problems.IsEmpty
            ? saving.SaveBodyAsync(http, read, whole == BodyShape.Single, whole, cancellationToken)
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
