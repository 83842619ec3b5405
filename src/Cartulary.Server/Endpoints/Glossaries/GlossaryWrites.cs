using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>Endpoints that create, change and archive glossaries, categories and terms, and assign terms, in the form of Apache Atlas.</summary>
internal sealed class GlossaryWrites(AssetSaving saving, AssetReader reader)
{
    /// <summary>Creates one.</summary>
    public async Task CreateAsync(HttpContext http, GlossaryKind kind, CancellationToken cancellationToken)
    {
        var outcome = await saving.SaveBodyForAsync(
            http, (body, registry, limits, notes) => GlossaryBody.ReadNew(body, kind, registry, limits, notes), isSingle: true, GlossaryBody.Place, cancellationToken);
        if (outcome is not null)
        {
            await SendAsync(http, kind, outcome, isSingle: true, cancellationToken);
        }
    }

    /// <summary>Creates several of a kind, all or none.</summary>
    public async Task CreateManyAsync(HttpContext http, GlossaryKind kind, CancellationToken cancellationToken)
    {
        var outcome = await saving.SaveBodyForAsync(
            http, (body, registry, limits, notes) => GlossaryBody.ReadMany(body, kind, registry, limits, notes), isSingle: false, GlossaryBody.Place, cancellationToken);
        if (outcome is not null)
        {
            await SendAsync(http, kind, outcome, isSingle: false, cancellationToken);
        }
    }

    /// <summary>Changes the one that the address names.</summary>
    public async Task ChangeAsync(HttpContext http, GlossaryKind kind, CancellationToken cancellationToken)
    {
        if (await GlossaryReads.FindAsync(http, reader, new QueryReader(http.Request.Query), kind, withEdges: false, cancellationToken) is not { } found)
        {
            return;
        }

        var target = new AssetSelector.ByGuid(found.Asset.Guid);
        var outcome = await saving.SaveBodyForAsync(
            http, (body, registry, limits, notes) => GlossaryBody.ReadChange(body, target, kind, registry, limits, notes), isSingle: true, GlossaryBody.Place, cancellationToken);
        if (outcome is not null && (await reader.GetAsync(target, withEdges: true, cancellationToken)).View is { } view)
        {
            await JsonAnswer.SendAsync(http, 200, view, GlossaryAnswer.WriteOne, cancellationToken);
        }
    }

    /// <summary>Archives the one that the address names.</summary>
    public async Task DeleteAsync(HttpContext http, GlossaryKind kind, CancellationToken cancellationToken)
    {
        if (await GlossaryReads.FindAsync(http, reader, new QueryReader(http.Request.Query), kind, withEdges: false, cancellationToken) is { } found
            && await saving.DeleteForAsync(http, new AssetSelector.ByGuid(found.Asset.Guid), cancellationToken) is not null)
        {
            http.Response.StatusCode = 204;
        }
    }

    /// <summary>Gives the term that the address names to assets, or takes it from them.</summary>
    public async Task AssignAsync(HttpContext http, bool isAdded, CancellationToken cancellationToken)
    {
        if (await GlossaryReads.FindAsync(http, reader, new QueryReader(http.Request.Query), GlossaryKind.Term, withEdges: false, cancellationToken) is not { } term)
        {
            return;
        }

        var target = new AssetSelector.ByGuid(term.Asset.Guid);
        var outcome = await saving.SaveBodyForAsync(
            http,
            (body, registry, limits, notes) => GlossaryBody.ReadAssignment(body, target, isAdded, registry, limits, notes),
            isSingle: true,
            GlossaryBody.Place,
            cancellationToken);
        if (outcome is not null)
        {
            http.Response.StatusCode = 204;
        }
    }

    private async Task SendAsync(HttpContext http, GlossaryKind kind, SaveOutcome outcome, bool isSingle, CancellationToken cancellationToken)
    {
        var summary = outcome switch
        {
            SaveOutcome.Committed committed => committed.Summary,
            SaveOutcome.Unchanged unchanged => unchanged.Summary,
            _ => throw new System.Diagnostics.UnreachableException($"A save came to {outcome.GetType().Name}."),
        };
        var (views, _) = await reader.GetManyAsync([.. summary.GuidAssignments.Select(assignment => assignment.Value)], withEdges: true, cancellationToken);
        var parts = views.Where(view => view.Type.Is(kind.TypeName));
        await (isSingle
            ? JsonAnswer.SendAsync(http, 200, parts.First(), GlossaryAnswer.WriteOne, cancellationToken)
            : JsonAnswer.SendAsync(http, 200, parts, GlossaryAnswer.WriteMany, cancellationToken));
    }
}

/// <summary>Maps the endpoints.</summary>
internal static class GlossaryWriteRoutes
{
    /// <summary>Maps them under a prefix.</summary>
    public static void MapGlossaryWrites(this IEndpointRouteBuilder endpoints, GlossaryWrites writes)
    {
        var group = endpoints.MapGroup("").RequireEditor();
        group.MapPost("", http => writes.CreateAsync(http, GlossaryKind.Glossary, http.RequestAborted)).Describe(static () => GlossaryOperations.CreateGlossary);
        group.MapPost("/category", http => writes.CreateAsync(http, GlossaryKind.Category, http.RequestAborted)).Describe(static () => GlossaryOperations.CreateCategory);
        group.MapPost("/term", http => writes.CreateAsync(http, GlossaryKind.Term, http.RequestAborted)).Describe(static () => GlossaryOperations.CreateTerm);
        group.MapPost("/categories", http => writes.CreateManyAsync(http, GlossaryKind.Category, http.RequestAborted))
            .Describe(static () => GlossaryOperations.CreateCategories);
        group.MapPost("/terms", http => writes.CreateManyAsync(http, GlossaryKind.Term, http.RequestAborted)).Describe(static () => GlossaryOperations.CreateTerms);
        MapChanges(group, writes, "", GlossaryKind.Glossary);
        MapChanges(group, writes, "/category", GlossaryKind.Category);
        MapChanges(group, writes, "/term", GlossaryKind.Term);
        group.MapPost("/terms/{guid}/assignedEntities", http => writes.AssignAsync(http, isAdded: true, http.RequestAborted))
            .Describe(static () => GlossaryOperations.Assign);
        group.MapPut("/terms/{guid}/assignedEntities", http => writes.AssignAsync(http, isAdded: false, http.RequestAborted))
            .Describe(static () => GlossaryOperations.Unassign);
    }

    private static void MapChanges(RouteGroupBuilder group, GlossaryWrites writes, string address, GlossaryKind kind)
    {
        group.MapPut($"{address}/{{guid}}", http => writes.ChangeAsync(http, kind, http.RequestAborted)).Describe(() => GlossaryOperations.Change(kind));
        group.MapPut($"{address}/{{guid}}/partial", http => writes.ChangeAsync(http, kind, http.RequestAborted)).Describe(() => GlossaryOperations.ChangePart(kind));
        group.MapDelete($"{address}/{{guid}}", http => writes.DeleteAsync(http, kind, http.RequestAborted)).Describe(() => GlossaryOperations.Archive(kind));
    }
}
