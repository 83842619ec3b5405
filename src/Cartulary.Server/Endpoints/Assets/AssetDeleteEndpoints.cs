using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Auth;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints that archive, purge and restore assets.</summary>
internal static class AssetDeleteEndpoints
{
    /// <summary>Maps them under a prefix.</summary>
    public static void MapAssetDeletes(this IEndpointRouteBuilder endpoints, AssetSaving saving, LimitOptions limits)
    {
        var entity = endpoints.MapGroup("/entity").RequireEditor();
        entity.MapDelete("/bulk", http => DeleteManyAsync(http, saving, limits.AssetsPerRequest, http.RequestAborted))
            .Describe(static () => AssetOperations.DeleteMany);
        entity.MapDelete("/bulk/uniqueAttribute", http => DeleteManyNamedAsync(http, saving, limits.AssetsPerRequest, http.RequestAborted))
            .Describe(static () => AssetOperations.DeleteManyByName);
        entity.MapDelete("/guid/{guid}", http => DeleteOneAsync(http, saving, AssetAddress.ByGuid, http.RequestAborted))
            .Describe(static () => AssetOperations.DeleteByGuid);
        entity.MapDelete(
            "/uniqueAttribute/type/{typeName}", http => DeleteOneAsync(http, saving, AssetAddress.ByUniqueAttribute, http.RequestAborted))
            .Describe(static () => AssetOperations.DeleteByName);
        entity.MapPost("/restore/bulk", http => RestoreAsync(http, saving, limits.AssetsPerRequest, http.RequestAborted))
            .Describe(static () => AssetOperations.RestoreMany);
    }

    /// <summary>Maps Apache Atlas's call that purges archived assets, for administrators.</summary>
    public static void MapAdminPurge(this IEndpointRouteBuilder endpoints, AssetSaving saving, LimitOptions limits) =>
        endpoints.MapPut("/api/atlas/admin/purge", http => PurgeArchivedAsync(http, saving, limits.AssetsPerRequest, http.RequestAborted))
            .RequireAdministrator()
            .Describe(static () => AssetOperations.PurgeArchived);

    private static Task DeleteManyAsync(HttpContext http, AssetSaving saving, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        return DeleteAsync(http, saving, query, ByGuid(AssetAddress.Guids(query, max)), isSingle: false, cancellationToken);
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
        var (kind, handler) = KindIn(query);
        return query.Problems.IsEmpty
            ? saving.SaveAsync(http, SaveRequest.Delete(targets, kind), isSingle, handler, cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private static Task DeleteManyNamedAsync(HttpContext http, AssetSaving saving, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var (kind, handler) = KindIn(query);
        return query.Problems.IsEmpty
            ? saving.SaveListedAsync(http, body => NamedAssets.ReadNames(body, max), targets => SaveRequest.DeleteKnown(targets, kind), handler, cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private static Task PurgeArchivedAsync(HttpContext http, AssetSaving saving, int max, CancellationToken cancellationToken) => saving.SaveListedAsync(
        http,
        body => NamedAssets.ReadGuids(body, max),
        static targets => SaveRequest.Delete(targets, DeletionKind.PurgeArchived),
        DeleteHandlers.Purge,
        cancellationToken);

    private static Task RestoreAsync(HttpContext http, AssetSaving saving, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var targets = ByGuid(AssetAddress.Guids(query, max));
        return query.Problems.IsEmpty
            ? saving.SaveAsync(http, SaveRequest.Restore(targets), isSingle: false, deleteHandler: null, cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private static ImmutableArray<AssetSelector> ByGuid(ImmutableArray<Guid> guids) => [.. guids.Select(guid => new AssetSelector.ByGuid(guid))];

    private static (DeletionKind Kind, string Handler) KindIn(QueryReader query)
    {
        var type = query.Text("deleteType")?.ToUpperInvariant() ?? DeleteHandlers.Default;
        if (type is not (DeleteHandlers.Default or DeleteHandlers.Soft or DeleteHandlers.Hard or DeleteHandlers.Purge))
        {
            query.Refuse("deleteType", $"deleteType must be SOFT, HARD, PURGE or DEFAULT, not {type}");
        }

        return (type switch
        {
            DeleteHandlers.Hard => DeletionKind.Remove,
            DeleteHandlers.Purge => DeletionKind.Purge,
            _ => DeletionKind.Archive,
        }, type);
    }
}
