using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints for the labels and the custom metadata of one asset.</summary>
internal static class PartEndpoints
{
    private delegate AssetSelector? Address(HttpContext http, QueryReader query);

    private delegate ReadOutcome Reader(ReadOnlyMemory<byte> body, AssetSelector target, EntityType type, SaveLimits limits);

    /// <summary>Maps them under a prefix.</summary>
    public static void MapParts(this IEndpointRouteBuilder endpoints, AssetSaving saving, AssetReader reader)
    {
        var entity = endpoints.MapGroup("/entity").RequireEditor();
        MapLabels(entity.MapGroup("/guid/{guid}"), saving, reader, AssetAddress.ByGuid, static operation => operation);
        MapLabels(entity.MapGroup("/uniqueAttribute/type/{typeName}"), saving, reader, AssetAddress.ByUniqueAttribute, AssetOperations.Named);
        MapMetadata(entity.MapGroup("/guid/{guid}/businessmetadata"), saving, reader);
    }

    private static void MapLabels(RouteGroupBuilder asset, AssetSaving saving, AssetReader reader, Address address, Func<Operation, Operation> described)
    {
        asset.MapPost("/labels", http => SaveAsync(http, saving, reader, address, Labels(LabelMode.Replace))).Describe(() => described(PartOperations.SetLabels));
        asset.MapPut("/labels", http => SaveAsync(http, saving, reader, address, Labels(LabelMode.Add))).Describe(() => described(PartOperations.AddLabels));
        asset.MapDelete("/labels", http => SaveAsync(http, saving, reader, address, Labels(LabelMode.Remove)))
            .Describe(() => described(PartOperations.RemoveLabels));
    }

    private static void MapMetadata(RouteGroupBuilder metadata, AssetSaving saving, AssetReader reader)
    {
        metadata.MapPost("", http => SetAsync(http, saving, reader, byDisplayName: false)).Describe(static () => PartOperations.SetMetadata);
        metadata.MapPost("/displayName", http => SetAsync(http, saving, reader, byDisplayName: true)).Describe(static () => PartOperations.SetMetadataDisplayed);
        metadata.MapDelete("", http => SaveAsync(http, saving, reader, AssetAddress.ByGuid, Metadata(new MetadataCall(MetadataAction.Remove, ByDisplayName: false))))
            .Describe(static () => PartOperations.RemoveMetadata);
        metadata.MapPost("/{bmName}", http => SaveAsync(http, saving, reader, AssetAddress.ByGuid, Set(http, MetadataAction.Merge)))
            .Describe(static () => PartOperations.SetMetadataSet);
        metadata.MapDelete("/{bmName}", http => SaveAsync(http, saving, reader, AssetAddress.ByGuid, Set(http, MetadataAction.Remove)))
            .Describe(static () => PartOperations.RemoveMetadataSet);
    }

    private static Task SetAsync(HttpContext http, AssetSaving saving, AssetReader reader, bool byDisplayName)
    {
        var query = new QueryReader(http.Request.Query);
        var action = query.Flag("isOverwrite") ? MetadataAction.Overwrite : MetadataAction.Merge;
        return query.Problems.IsEmpty
            ? SaveAsync(http, saving, reader, AssetAddress.ByGuid, Metadata(new MetadataCall(action, byDisplayName)))
            : ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
    }

    private static Reader Labels(LabelMode mode) => (body, target, type, limits) => PartRequestReader.ReadLabels(body, target, type, mode, limits);

    private static Reader Metadata(MetadataCall call) => (body, target, type, limits) => PartRequestReader.ReadMetadata(body, target, type, call, limits);

    private static Reader Set(HttpContext http, MetadataAction action)
    {
        var name = (string)http.GetRouteValue("bmName")!;
        var call = new MetadataCall(action, ByDisplayName: false);
        return (body, target, type, limits) => PartRequestReader.ReadSet(body, target, type, name, call, limits);
    }

    /// <summary>The type of an asset never changes, so that it may be read before the save.</summary>
    private static async Task SaveAsync(HttpContext http, AssetSaving saving, AssetReader reader, Address address, Reader read)
    {
        var query = new QueryReader(http.Request.Query);
        if (address(http, query) is not { } target || !query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, http.RequestAborted);
            return;
        }

        var (view, problem) = await reader.GetAsync(target, withEdges: false, http.RequestAborted);
        await (view is null
            ? ErrorAnswer.SendAsync(http, [problem!], http.RequestAborted)
            : saving.SavePartAsync(
                http,
                (body, registry, limits, _) => read(body, target, registry.Entity(view.Type.Id), limits),
                isSingle: true,
                isSilent: true,
                http.RequestAborted));
    }
}
