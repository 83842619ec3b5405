using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints for the tags of assets.</summary>
internal static class TagEndpoints
{
    private delegate AssetSelector? Address(HttpContext http, QueryReader query);

    /// <summary>Maps them under a prefix.</summary>
    public static void MapTags(this IEndpointRouteBuilder endpoints, AssetSaving saving, AssetReader reader)
    {
        var entity = endpoints.MapGroup("/entity");
        MapOne(entity.MapGroup("/guid/{guid}"), saving, reader, AssetAddress.ByGuid, static operation => operation);
        MapOne(entity.MapGroup("/uniqueAttribute/type/{typeName}"), saving, reader, AssetAddress.ByUniqueAttribute, AssetOperations.Named);
        var bulk = entity.MapGroup("/bulk").RequireEditor();
        bulk.MapPost("/classification", http => AttachManyAsync(http, saving, byDisplayName: false)).Describe(static () => TagOperations.AttachMany);
        bulk.MapPost("/classification/displayName", http => AttachManyAsync(http, saving, byDisplayName: true))
            .Describe(static () => TagOperations.AttachManyDisplayed);
        bulk.MapPost("/setClassifications", http => SetAsync(http, saving)).Describe(static () => TagOperations.Set);
    }

    private static void MapOne(
        RouteGroupBuilder asset, AssetSaving saving, AssetReader reader, Address address, Func<Operation, Operation> described)
    {
        asset.MapGet("/classifications", http => ListAsync(http, reader, address)).Describe(() => described(TagOperations.List));
        asset.MapGet("/classification/{name}", http => GetAsync(http, reader, address)).Describe(() => described(TagOperations.Get));
        var writing = asset.MapGroup("").RequireEditor();
        writing.MapPost("/classifications", http => ChangeAsync(http, saving, address, TagAction.Attach)).Describe(() => described(TagOperations.Attach));
        writing.MapPut("/classifications", http => ChangeAsync(http, saving, address, TagAction.Update)).Describe(() => described(TagOperations.Update));
        writing.MapDelete("/classification/{name}", http => RemoveAsync(http, saving, address)).Describe(() => described(TagOperations.Remove));
    }

    private static Task ChangeAsync(HttpContext http, AssetSaving saving, Address address, TagAction action)
    {
        var query = new QueryReader(http.Request.Query);
        return address(http, query) is { } target && query.Problems.IsEmpty
            ? saving.SavePartAsync(
                http, (body, _, limits, _) => TagRequestReader.ReadList(body, target, action, limits), isSingle: true, isSilent: true, http.RequestAborted)
            : ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
    }

    private static Task RemoveAsync(HttpContext http, AssetSaving saving, Address address)
    {
        var query = new QueryReader(http.Request.Query);
        return address(http, query) is { } target && query.Problems.IsEmpty
            ? saving.SaveSilentlyAsync(
                http, TagRequestReader.Remove(target, Name(http), query.Text("associatedEntityGuid")), isSingle: true, http.RequestAborted)
            : ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
    }

    private static Task AttachManyAsync(HttpContext http, AssetSaving saving, bool byDisplayName) => saving.SavePartAsync(
        http, (body, _, limits, _) => TagRequestReader.ReadMany(body, byDisplayName, limits), isSingle: false, isSilent: true, http.RequestAborted);

    private static Task SetAsync(HttpContext http, AssetSaving saving)
    {
        var query = new QueryReader(http.Request.Query);
        var action = query.Text("overrideClassifications") is null || query.Flag("overrideClassifications") ? TagAction.Replace : TagAction.Put;
        return query.Problems.IsEmpty
            ? saving.SavePartAsync(
                http, (body, _, limits, _) => TagRequestReader.ReadHeaders(body, action, limits), isSingle: false, isSilent: false, http.RequestAborted)
            : ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
    }

    private static async Task ListAsync(HttpContext http, AssetReader reader, Address address)
    {
        if (await FindAsync(http, reader, address) is { } view)
        {
            await JsonAnswer.SendAsync(http, 200, view, TagAnswer.WriteList, http.RequestAborted);
        }
    }

    private static async Task GetAsync(HttpContext http, AssetReader reader, Address address)
    {
        if (await FindAsync(http, reader, address) is not { } view)
        {
            return;
        }

        if (view.Registry.FindClassification(Name(http)) is not { } type)
        {
            await ErrorAnswer.SendAsync(
                http, [new Problem(ErrorCodes.TagNotFound, "name", $"Given classification {Name(http)} was invalid")], http.RequestAborted);
            return;
        }

        var tags = view.Asset.State.Tags.Where(tag => tag.TypeId == type.Id).ToList();
        await ((tags.Find(tag => tag.Source == view.Asset.Guid) ?? tags.FirstOrDefault()) is { } found
            ? JsonAnswer.SendAsync(http, 200, (view, found), TagAnswer.WriteOne, http.RequestAborted)
            : ErrorAnswer.SendAsync(
                http,
                [new Problem(ErrorCodes.TagNotAttached, "name", $"Classification {type.Name} is not associated with entity", view.Asset.Guid.ToString("D"))],
                http.RequestAborted));
    }

    private static async Task<AssetView?> FindAsync(HttpContext http, AssetReader reader, Address address)
    {
        var query = new QueryReader(http.Request.Query);
        if (address(http, query) is not { } target || !query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
            return null;
        }

        var (view, problem) = await reader.GetAsync(target, withEdges: false, http.RequestAborted);
        if (view is null)
        {
            await ErrorAnswer.SendAsync(http, [problem!], http.RequestAborted);
        }

        return view;
    }

    private static string Name(HttpContext http) => (string)http.GetRouteValue("name")!;
}
