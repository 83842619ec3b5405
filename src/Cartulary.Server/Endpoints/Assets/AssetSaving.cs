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
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What all endpoints that save have in common: read the body, save, answer.</summary>
internal sealed class AssetSaving(
    Saver saver, ShortCutSaver? shortCut, TypeRegistrySource types, BodyReader bodies, IIdSource ids, TimeProvider clock, LimitOptions limits, SaveObserver observer)
{
    private const string ReplayedHeader = "Idempotent-Replayed";

    private readonly SaveLimits _saveLimits = limits.ForSaves();

    /// <summary>Reads a request from a body; notes what it passes over when the answer is to name it.</summary>
    public delegate ReadOutcome Reader(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits, bool notesPassedOver);

    /// <summary>Saves what the body says.</summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads its body.</param>
    /// <param name="isSingle">Whether the call is about one asset.</param>
    /// <param name="whole">How the body lists whole assets; null where it says only a part of one.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public async Task SaveBodyAsync(HttpContext http, Reader read, bool isSingle, BodyShape? whole, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, isSingle, cancellationToken) is not { } sent)
        {
            return;
        }

        using var body = sent.Body;
        var wishes = sent.Wishes;

        if (shortCut is not null && whole is { } shape && ShortCutTerms.Of(http.Request, wishes) is { } flags)
        {
            var terms = TermsOf(http.Request, wishes, body.Written);
            if (await shortCut.LookAsync(body.Written, shape, flags, wishes.Manner, http.Principal().Name, terms, cancellationToken) is { } known)
            {
                await SaveKnownAsync(http, known, terms, wishes, cancellationToken);
                return;
            }
        }

        switch (read(body.Written, types.Newest, _saveLimits, wishes.Receipts).With(whole is null ? default : wishes.Manner))
        {
            case ReadOutcome.Understood understood:
                await SaveAsync(http, understood.Request, wishes, body.Written, deleteHandler: null, cancellationToken);
                break;
            case ReadOutcome.Refused refused:
                await RefuseAsync(http, await saver.ExplainAsync(refused, ContextOf(http, deleteHandler: null), cancellationToken), cancellationToken);
                break;
        }
    }

    /// <summary>Carries out a request that the address says whole: deletes or restores assets.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">What is to be done.</param>
    /// <param name="isSingle">Whether the call is about one asset.</param>
    /// <param name="deleteHandler">The kind of deletion asked for; null when nothing is deleted.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public Task SaveAsync(HttpContext http, SaveRequest request, bool isSingle, string? deleteHandler, CancellationToken cancellationToken)
    {
        var wishes = SaveWishes.Read(http.Request, isSingle, out var problems);
        return problems.IsEmpty
            ? SaveAsync(http, request, wishes, body: default, deleteHandler, cancellationToken)
            : ErrorAnswer.SendAsync(http, problems, cancellationToken);
    }

    /// <summary>Deletes the assets that the body lists.</summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads the list.</param>
    /// <param name="request">Says what is to be done with it.</param>
    /// <param name="deleteHandler">The kind of deletion asked for.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public async Task SaveListedAsync(
        HttpContext http,
        Func<ReadOnlyMemory<byte>, (ImmutableArray<AssetSelector> Assets, ImmutableArray<Problem> Problems)> read,
        Func<ImmutableArray<AssetSelector>, SaveRequest> request,
        string deleteHandler,
        CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, isSingle: false, cancellationToken) is not { } sent)
        {
            return;
        }

        using var body = sent.Body;
        var wishes = sent.Wishes;

        var (assets, faults) = read(body.Written);
        await (faults.IsEmpty
            ? SaveAsync(http, request(assets), wishes, body.Written, deleteHandler, cancellationToken)
            : ErrorAnswer.SendAsync(http, faults, cancellationToken));
    }

    /// <summary>
    /// Saves what a body says, for an endpoint that answers in a form of its own. Null when the answer has been given: a
    /// refusal, or the answer of a save to a request on trial or for receipts.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads its body.</param>
    /// <param name="isSingle">Whether the call is about one asset.</param>
    /// <param name="place">Where in the body stands what a path of the save names.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public async Task<SaveOutcome?> SaveBodyForAsync(
        HttpContext http, Reader read, bool isSingle, Func<string, string> place, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, isSingle, cancellationToken) is not { } sent)
        {
            return null;
        }

        using var body = sent.Body;
        var wishes = sent.Wishes;

        switch (read(body.Written, types.Newest, _saveLimits, wishes.Receipts))
        {
            case ReadOutcome.Understood understood:
                var outcome = await OutcomeAsync(http, understood.Request, wishes, body.Written, deleteHandler: null, cancellationToken);
                return await HandOverAsync(http, outcome, understood.Request.Kind, wishes, place, cancellationToken);
            case ReadOutcome.Refused refused:
                var explained = await saver.ExplainAsync(refused, ContextOf(http, deleteHandler: null), cancellationToken);
                await RefuseAsync(http, Placed(explained, place), cancellationToken);
                break;
        }

        return null;
    }

    /// <summary>Archives one asset, for an endpoint that answers in a form of its own; null as above.</summary>
    public async Task<SaveOutcome?> DeleteForAsync(HttpContext http, AssetSelector target, CancellationToken cancellationToken)
    {
        var wishes = SaveWishes.Read(http.Request, isSingle: true, out var problems);
        if (!problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return null;
        }

        var outcome = await OutcomeAsync(http, SaveRequest.Delete([target]), wishes, body: default, "DEFAULT", cancellationToken);
        return await HandOverAsync(http, outcome, RequestKind.Delete, wishes, static path => path, cancellationToken);
    }

    private static async Task<SaveOutcome?> HandOverAsync(
        HttpContext http, SaveOutcome outcome, RequestKind kind, SaveWishes wishes, Func<string, string> place, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SaveOutcome.Rejected rejected:
                await RefuseAsync(http, Placed(rejected, place), cancellationToken);
                return null;
            case var done when wishes.Receipts:
                await AnswerAsync(http, done, kind, wishes, cancellationToken);
                return null;
            default:
                TellReplayed(http, outcome);
                return outcome;
        }
    }

    private static void TellReplayed(HttpContext http, SaveOutcome outcome)
    {
        if (outcome is SaveOutcome.Committed { IsReplayed: true })
        {
            http.Response.Headers[ReplayedHeader] = "true";
        }
    }

    private static SaveOutcome.Rejected Placed(SaveOutcome.Rejected rejected, Func<string, string> place) =>
        rejected with { Problems = [.. rejected.Problems.Select(problem => problem with { Path = place(problem.Path) })] };

    /// <summary>Saves what a body says of one part of assets alone: tags, labels or custom metadata.</summary>
    /// <param name="http">The request.</param>
    /// <param name="read">Reads its body.</param>
    /// <param name="isSingle">Whether the call is about one asset.</param>
    /// <param name="isSilent">Whether the answer is empty when it is done.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public async Task SavePartAsync(HttpContext http, Reader read, bool isSingle, bool isSilent, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, isSingle, cancellationToken) is not { } sent)
        {
            return;
        }

        using var body = sent.Body;
        var wishes = sent.Wishes;

        switch (read(body.Written, types.Newest, _saveLimits, wishes.Receipts))
        {
            case ReadOutcome.Understood understood:
                await SaveAsync(http, understood.Request, wishes with { IsSilent = isSilent && !wishes.Receipts }, body.Written, deleteHandler: null, cancellationToken);
                break;
            case ReadOutcome.Refused refused:
                await RefuseAsync(http, await saver.ExplainAsync(refused, ContextOf(http, deleteHandler: null), cancellationToken), cancellationToken);
                break;
        }
    }

    /// <summary>Carries out a request that the address says whole, and answers nothing when it is done.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">What is to be done.</param>
    /// <param name="isSingle">Whether the call is about one asset.</param>
    /// <param name="cancellationToken">Stops the save until its commit begins.</param>
    public Task SaveSilentlyAsync(HttpContext http, SaveRequest request, bool isSingle, CancellationToken cancellationToken)
    {
        var wishes = SaveWishes.Read(http.Request, isSingle, out var problems);
        return problems.IsEmpty
            ? SaveAsync(http, request, wishes with { IsSilent = !wishes.Receipts }, body: default, deleteHandler: null, cancellationToken)
            : ErrorAnswer.SendAsync(http, problems, cancellationToken);
    }

    /// <summary>The wishes and the body of a request, which the caller disposes; null when it has been refused and answered.</summary>
    private async ValueTask<(SaveWishes Wishes, RequestBody Body)?> ReadAsync(HttpContext http, bool isSingle, CancellationToken cancellationToken)
    {
        var wishes = SaveWishes.Read(http.Request, isSingle, out var problems);
        if (!problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return null;
        }

        return await bodies.ReadAsync(http, cancellationToken) is { } body ? (wishes, body) : null;
    }

    private async Task SaveAsync(
        HttpContext http, SaveRequest request, SaveWishes wishes, ReadOnlyMemory<byte> body, string? deleteHandler, CancellationToken cancellationToken)
    {
        var outcome = await OutcomeAsync(http, request, wishes, body, deleteHandler, cancellationToken);
        await AnswerAsync(http, outcome, request.Kind, wishes, cancellationToken);
    }

    private async Task<SaveOutcome> OutcomeAsync(
        HttpContext http, SaveRequest request, SaveWishes wishes, ReadOnlyMemory<byte> body, string? deleteHandler, CancellationToken cancellationToken)
    {
        var context = ContextOf(http, deleteHandler);
        var conditional = wishes.IfMatch is null ? request : request with { IfMatch = wishes.IfMatch };
        var outcome = wishes.DryRun
            ? await saver.ForeseeAsync(conditional, context, clock.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken)
            : await saver.SaveAsync(conditional, context, TermsOf(http.Request, wishes, body), cancellationToken);
        observer.Saw(outcome);
        return outcome;
    }

    private async Task SaveKnownAsync(HttpContext http, KnownMembers known, SaveTerms terms, SaveWishes wishes, CancellationToken cancellationToken)
    {
        if (known.IsAll)
        {
            observer.SawUnchanged();
            await JsonAnswer.SendAsync(http, 200, known, SaveAnswer.WriteKnown, cancellationToken);
            return;
        }

        var outcome = await shortCut!.SaveAsync(known, ContextOf(http, deleteHandler: null), terms, cancellationToken);
        observer.Saw(outcome);
        await AnswerAsync(http, outcome, RequestKind.Full, wishes, cancellationToken);
    }

    private CommitContext ContextOf(HttpContext http, string? deleteHandler)
    {
        var headers = EventHeaders.Of(http.Request.Headers, limits.EventHeaders, limits.EventHeaderLength);
        return new CommitContext(ids.NewGuid(), http.Principal().Name, "api", deleteHandler, headers);
    }

    private SaveTerms TermsOf(HttpRequest request, SaveWishes wishes, ReadOnlyMemory<byte> body) => new()
    {
        WithReceipts = wishes.Receipts,
        Key = wishes.Key?.With(request, body.Span, clock.GetUtcNow().AddHours(-limits.IdempotencyHours).ToUnixTimeMilliseconds()),
    };

    private static Task AnswerAsync(HttpContext http, SaveOutcome outcome, RequestKind kind, SaveWishes wishes, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SaveOutcome.Committed committed:
                TellReplayed(http, committed);
                return wishes.IsSilent ? DoneAsync(http) : JsonAnswer.SendAsync(http, 200, (committed, kind), SaveAnswer.WriteCommitted, cancellationToken);
            case SaveOutcome.Foreseen foreseen:
                return JsonAnswer.SendAsync(http, 200, (foreseen, kind), SaveAnswer.WriteForeseen, cancellationToken);
            case SaveOutcome.Unchanged unchanged:
                return wishes.IsSilent ? DoneAsync(http) : JsonAnswer.SendAsync(http, 200, (unchanged, kind, wishes.DryRun), SaveAnswer.WriteUnchanged, cancellationToken);
            default:
                return RefuseAsync(http, (SaveOutcome.Rejected)outcome, cancellationToken);
        }
    }

    private static Task DoneAsync(HttpContext http)
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext http, SaveOutcome.Rejected rejected, CancellationToken cancellationToken) =>
        ErrorAnswer.SendAsync(http, rejected.Problems, cancellationToken, rejected.Omitted);
}
