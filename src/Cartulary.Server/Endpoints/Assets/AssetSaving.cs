using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What all endpoints that save have in common: read the body, save, answer.</summary>
internal sealed class AssetSaving(Saver saver, ShortCutSaver? shortCut, TypeRegistrySource types, BodyReader bodies, IIdSource ids, LimitOptions limits)
{
    private static readonly ImmutableArray<string> FlagsNotOffered = ["dryRun", "receipts"];

    private readonly SaveLimits _saveLimits = limits.ForSaves();

    /// <summary>Reads a request from a body.</summary>
    public delegate ReadOutcome Reader(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits);

    /// <summary>Saves what the body says; <paramref name="whole"/> is null where it says only a part of an asset.</summary>
    public async Task SaveBodyAsync(HttpContext http, Reader read, BodyShape? whole, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        if (await LookAsync(http, body.Written, whole, cancellationToken) is { } known)
        {
            await SaveKnownAsync(http, known, cancellationToken);
            return;
        }

        switch (read(body.Written, types.Newest, _saveLimits))
        {
            case ReadOutcome.Understood understood:
                await SaveAsync(http, understood.Request, deleteHandler: null, cancellationToken);
                break;
            case ReadOutcome.Refused refused:
                await ErrorAnswer.SendAsync(http, refused.Problems, cancellationToken);
                break;
        }
    }

    /// <summary>Archives assets.</summary>
    public Task DeleteAsync(HttpContext http, ImmutableArray<AssetSelector> targets, string deleteHandler, CancellationToken cancellationToken) =>
        SaveAsync(http, SaveRequest.Delete(targets), deleteHandler, cancellationToken);

    private async Task SaveAsync(HttpContext http, SaveRequest request, string? deleteHandler, CancellationToken cancellationToken)
    {
        if (NotOffered(http.Request) is { IsEmpty: false } problems)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return;
        }

        var outcome = await saver.SaveAsync(request, ContextOf(http, deleteHandler), cancellationToken);
        await AnswerAsync(http, outcome, request.Kind, cancellationToken);
    }

    private async ValueTask<KnownMembers?> LookAsync(HttpContext http, ReadOnlyMemory<byte> body, BodyShape? whole, CancellationToken cancellationToken) =>
        shortCut is not null && whole is { } shape && ShortCutTerms.Of(http.Request) is { } terms
            ? await shortCut.LookAsync(body, shape, terms, cancellationToken)
            : null;

    private async Task SaveKnownAsync(HttpContext http, KnownMembers known, CancellationToken cancellationToken)
    {
        if (known.IsAll)
        {
            await JsonAnswer.SendAsync(http, 200, known, SaveAnswer.WriteKnown, cancellationToken);
            return;
        }

        var outcome = await shortCut!.SaveAsync(known, ContextOf(http, deleteHandler: null), cancellationToken);
        await AnswerAsync(http, outcome, RequestKind.Full, cancellationToken);
    }

    private CommitContext ContextOf(HttpContext http, string? deleteHandler)
    {
        var headers = EventHeaders.Of(http.Request.Headers, limits.EventHeaders, limits.EventHeaderLength);
        return new CommitContext(ids.NewGuid(), http.Principal().Name, "api", deleteHandler, headers);
    }

    private static Task AnswerAsync(HttpContext http, SaveOutcome outcome, RequestKind kind, CancellationToken cancellationToken) => outcome switch
    {
        SaveOutcome.Committed committed => JsonAnswer.SendAsync(http, 200, (committed, kind), SaveAnswer.WriteCommitted, cancellationToken),
        SaveOutcome.Unchanged unchanged => JsonAnswer.SendAsync(http, 200, (unchanged.Summary, kind), SaveAnswer.WriteUnchanged, cancellationToken),
        SaveOutcome.Rejected rejected => ErrorAnswer.SendAsync(http, rejected.Problems, cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What would change whether or how something is written, were it known here: refused, lest the client think it obeyed.</summary>
    private static ImmutableArray<Problem> NotOffered(HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        foreach (var flag in FlagsNotOffered.Where(query.Flag))
        {
            query.Refuse(ErrorCodes.BadRequest, flag, $"{flag} is not offered yet");
        }

        if (request.Headers.IfMatch.Count > 0)
        {
            query.Refuse(ErrorCodes.BadRequest, "If-Match", "If-Match is not offered yet");
        }

        return query.Problems;
    }
}
