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

namespace Cartulary.Server.Endpoints.Relationships;

/// <summary>Endpoints for relationships by themselves; each write is the save that every call leads to, and tells both ends.</summary>
internal static class RelationshipEndpoints
{
    /// <summary>Maps them under a prefix.</summary>
    public static void MapRelationships(this IEndpointRouteBuilder endpoints, AssetSaving saving, RelationshipReader reader)
    {
        var group = endpoints.MapGroup("/relationship");
        group.MapGet("/guid/{guid}", http => GetAsync(http, reader, http.RequestAborted)).Describe(static () => RelationshipOperations.Get);
        var writing = group.MapGroup("").RequireEditor();
        writing.MapPost("", http => CreateAsync(http, saving, reader, http.RequestAborted)).Describe(static () => RelationshipOperations.Create);
        writing.MapPut("", http => ChangeAsync(http, saving, reader, http.RequestAborted)).Describe(static () => RelationshipOperations.Change);
        writing.MapDelete("/guid/{guid}", http => RemoveAsync(http, saving, http.RequestAborted)).Describe(static () => RelationshipOperations.Remove);
    }

    private static async Task GetAsync(HttpContext http, RelationshipReader reader, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var isExtended = query.Flag("extendedInfo");
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var (view, problem) = await reader.GetAsync(GuidOf(http), cancellationToken);
        await (view is null
            ? ErrorAnswer.SendAsync(http, [problem!], cancellationToken)
            : JsonAnswer.SendAsync(http, 200, (view, isExtended), EdgeAnswer.WriteWithAssets, cancellationToken));
    }

    private static async Task CreateAsync(HttpContext http, AssetSaving saving, RelationshipReader reader, CancellationToken cancellationToken)
    {
        if (await SaveAsync(http, saving, EdgeRequestReader.ReadNew, cancellationToken) is not { } saved)
        {
            return;
        }

        var ends = SummaryOf(saved.Outcome).GuidAssignments;
        await (await reader.FindAsync(saved.Call.TypeName!, ends[0].Value, ends[1].Value, cancellationToken) is { } view
            ? JsonAnswer.SendAsync(http, 200, view, EdgeAnswer.WriteOne, cancellationToken)
            : ErrorAnswer.SendAsync(http, [RelationshipReader.EndedSince], cancellationToken));
    }

    private static async Task ChangeAsync(HttpContext http, AssetSaving saving, RelationshipReader reader, CancellationToken cancellationToken)
    {
        if (await SaveAsync(http, saving, EdgeRequestReader.ReadChange, cancellationToken) is not { } saved)
        {
            return;
        }

        var (view, problem) = await reader.GetAsync(saved.Call.Guid!, cancellationToken);
        await (view is null
            ? ErrorAnswer.SendAsync(http, [problem!], cancellationToken)
            : JsonAnswer.SendAsync(http, 200, view, EdgeAnswer.WriteOne, cancellationToken));
    }

    private static Task RemoveAsync(HttpContext http, AssetSaving saving, CancellationToken cancellationToken) => saving.SaveSilentlyAsync(
        http, SaveRequest.Relationship(new EdgeCall(EdgeAction.Remove) { Guid = GuidOf(http) }), isSingle: false, cancellationToken);

    /// <summary>What came of the save, and what it was about; null when the answer has been given.</summary>
    private static async Task<(SaveOutcome Outcome, EdgeCall Call)?> SaveAsync(
        HttpContext http, AssetSaving saving, Func<ReadOnlyMemory<byte>, SaveLimits, ReadOutcome> read, CancellationToken cancellationToken)
    {
        EdgeCall? call = null;
        var outcome = await saving.SaveBodyForAsync(
            http,
            (body, _, limits, _) =>
            {
                var understood = read(body, limits);
                call = (understood as ReadOutcome.Understood)?.Request.Edge;
                return understood;
            },
            isSingle: false,
            static path => path,
            cancellationToken);
        return outcome is null ? null : (outcome, call!);
    }

    private static Core.Ports.SaveSummary SummaryOf(SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Committed committed => committed.Summary,
        SaveOutcome.Unchanged unchanged => unchanged.Summary,
        _ => throw new System.Diagnostics.UnreachableException($"A save came to {outcome.GetType().Name}."),
    };

    private static string GuidOf(HttpContext http) => (string)http.GetRouteValue("guid")!;
}
