using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Auth;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints that archive assets.</summary>
internal static class AssetDeleteEndpoints
{
    private const string Default = "DEFAULT";

    /// <summary>Maps them under a prefix.</summary>
    public static void MapAssetDeletes(this IEndpointRouteBuilder endpoints, AssetSaving saving, LimitOptions limits)
    {
        var entity = endpoints.MapGroup("/entity").RequireEditor();
        entity.MapDelete("/bulk", http => DeleteManyAsync(http, saving, limits.AssetsPerRequest, http.RequestAborted))
            .Describe(static () => AssetOperations.ArchiveMany);
        entity.MapDelete("/guid/{guid}", http => DeleteOneAsync(http, saving, AssetAddress.ByGuid, http.RequestAborted))
            .Describe(static () => AssetOperations.ArchiveByGuid);
        entity.MapDelete(
            "/uniqueAttribute/type/{typeName}", http => DeleteOneAsync(http, saving, AssetAddress.ByUniqueAttribute, http.RequestAborted))
            .Describe(static () => AssetOperations.ArchiveByName);
    }

    private static Task DeleteManyAsync(HttpContext http, AssetSaving saving, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var guids = AssetAddress.Guids(query, max);
        return DeleteAsync(http, saving, query, [.. guids.Select(guid => new AssetSelector.ByGuid(guid))], isSingle: false, cancellationToken);
    }

    private static Task DeleteOneAsync(
        HttpContext http, AssetSaving saving, Func<HttpContext, QueryReader, AssetSelector?> address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        return DeleteAsync(http, saving, query, address(http, query) is { } target ? [target] : [], isSingle: true, cancellationToken);
    }

    private static Task DeleteAsync(
        HttpContext http, AssetSaving saving, QueryReader query, ImmutableArray<AssetSelector> targets, bool isSingle, CancellationToken cancellationToken)
    {
        var handler = Handler(query);
        return query.Problems.IsEmpty
            ? saving.DeleteAsync(http, targets, isSingle, handler, cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private static string Handler(QueryReader query)
    {
        var type = query.Text("deleteType")?.ToUpperInvariant() ?? Default;
        if (type is "HARD" or "PURGE")
        {
            query.Refuse(ErrorCodes.BadRequest, "deleteType", $"deleteType {type} is not offered: assets are archived (SOFT) and can be restored");
        }
        else if (type is not ("SOFT" or Default))
        {
            query.Refuse("deleteType", $"deleteType must be SOFT or {Default}, not {type}");
        }

        return type;
    }
}
