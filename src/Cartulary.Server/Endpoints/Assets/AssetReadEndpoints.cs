using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints that read assets, as they are or as they were; archived ones are found too.</summary>
internal static class AssetReadEndpoints
{
    private delegate AssetSelector? Address(HttpContext http, QueryReader query);

    /// <summary>Maps them under a prefix.</summary>
    public static void MapAssetReads(this IEndpointRouteBuilder endpoints, AssetReader reader, LimitOptions limits)
    {
        var entity = endpoints.MapGroup("/entity");
        entity.MapGet("/bulk", http => GetManyAsync(http, reader, limits.AssetsPerRequest, http.RequestAborted)).Describe(static () => AssetOperations.GetMany);
        entity.MapGet("/bulk/uniqueAttribute/type/{typeName}", http => GetManyNamedAsync(http, reader, limits.AssetsPerRequest, http.RequestAborted))
            .Describe(static () => AssetOperations.GetManyByName);
        entity.MapGet("/guid/{guid}", http => GetAsync(http, reader, AssetAddress.ByGuid, http.RequestAborted))
            .Describe(static () => AssetOperations.GetByGuid);
        entity.MapGet("/guid/{guid}/header", http => GetHeaderAsync(http, reader, AssetAddress.ByGuid, http.RequestAborted))
            .Describe(static () => AssetOperations.GetHeaderByGuid);
        var named = entity.MapGroup("/uniqueAttribute/type/{typeName}");
        named.MapGet("", http => GetAsync(http, reader, AssetAddress.ByUniqueAttribute, http.RequestAborted))
            .Describe(static () => AssetOperations.GetByName);
        named.MapGet("/header", http => GetHeaderAsync(http, reader, AssetAddress.ByUniqueAttribute, http.RequestAborted))
            .Describe(static () => AssetOperations.GetHeaderByName);
    }

    private static async Task GetAsync(HttpContext http, AssetReader reader, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var withEdges = WithEdges(query);
        if (await FindAsync(http, query, reader, address, withEdges, cancellationToken) is { } view && !IsKnown(http, view))
        {
            await JsonAnswer.SendAsync(http, 200, (view, withEdges), AssetAnswer.WriteOne, cancellationToken);
        }
    }

    private static async Task GetHeaderAsync(HttpContext http, AssetReader reader, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        if (await FindAsync(http, query, reader, address, withEdges: false, cancellationToken) is { } view)
        {
            var header = AssetHeader.Of(view.Asset, view.Type, view.Registry);
            await JsonAnswer.SendAsync(http, 200, header, static (writer, header) => header.Write(writer), cancellationToken);
        }
    }

    private static async Task GetManyAsync(HttpContext http, AssetReader reader, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var withEdges = WithEdges(query);
        var guids = AssetAddress.Guids(query, max);
        var (moment, parameter) = PastQuery.ReadForMany(query);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var (views, problems) = await reader.GetManyAsync(guids, moment, parameter, withEdges, cancellationToken);
        await SendManyAsync(http, views, problems, withEdges, cancellationToken);
    }

    private static async Task GetManyNamedAsync(HttpContext http, AssetReader reader, int max, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var withEdges = WithEdges(query);
        var selectors = AssetAddress.UniqueAttributes(http, query, max);
        var (moment, parameter) = PastQuery.ReadForMany(query);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var (views, problems) = await reader.GetManyNamedAsync(selectors, moment, parameter, withEdges, cancellationToken);
        await SendManyAsync(http, views, problems, withEdges, cancellationToken);
    }

    private static Task SendManyAsync(
        HttpContext http, ImmutableArray<AssetView> views, ImmutableArray<Problem> problems, bool withEdges, CancellationToken cancellationToken) =>
        problems.IsEmpty
            ? JsonAnswer.SendAsync(http, 200, (views, withEdges), AssetAnswer.WriteMany, cancellationToken)
            : ErrorAnswer.SendAsync(http, problems, cancellationToken);

    /// <summary>The asset, or null when a refusal has been answered.</summary>
    private static async ValueTask<AssetView?> FindAsync(
        HttpContext http, QueryReader query, AssetReader reader, Address address, bool withEdges, CancellationToken cancellationToken)
    {
        var selector = address(http, query);
        var (moment, parameter) = PastQuery.Read(query);
        if (selector is null || !query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return null;
        }

        var (view, problem) = await reader.GetAsync(selector, moment, parameter, withEdges, cancellationToken);
        if (view is null)
        {
            await ErrorAnswer.SendAsync(http, [problem!], cancellationToken);
        }

        return view;
    }

    /// <summary>Tags the answer with the asset's version; true when the client has that version, and the answer is 304 without a body.</summary>
    private static bool IsKnown(HttpContext http, AssetView view)
    {
        http.Response.Headers.ETag = EntityTags.Of(view.Asset.Version);
        if (!EntityTags.Names(http.Request.Headers.IfNoneMatch, view.Asset.Version))
        {
            return false;
        }

        http.Response.StatusCode = 304;
        return true;
    }

    private static bool WithEdges(QueryReader query)
    {
        query.Flag("minExtInfo");
        return !query.Flag("ignoreRelationships");
    }
}
