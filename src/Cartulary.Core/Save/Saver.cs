using System.Collections.Immutable;
using System.Diagnostics;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Explain;
using Cartulary.Core.Save.Foresee;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Receipts;
using Cartulary.Core.Save.Replay;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>Saves: plans a request against a fresh snapshot and commits the plan, or says why not.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="ids">Makes guids and names.</param>
/// <param name="limits">The limits of one save.</param>
public sealed partial class Saver(ICatalogStore store, TypeRegistrySource types, IIdSource ids, SaveLimits limits)
{
    /// <summary>
    /// All or nothing: the assets, edges and events of the request are committed together, or nothing is. Cancellation applies
    /// until the commit begins.
    /// </summary>
    public ValueTask<SaveOutcome> SaveAsync(SaveRequest request, CommitContext context, CancellationToken cancellationToken) =>
        SaveAsync(request, context, SaveTerms.None, cancellationToken);

    /// <summary>
    /// The same, on terms. A request whose key was answered before is not saved again: it gets the first answer, from its
    /// commit. Two sends of one request at the same time give one commit.
    /// </summary>
    public ValueTask<SaveOutcome> SaveAsync(SaveRequest request, CommitContext context, SaveTerms terms, CancellationToken cancellationToken) =>
        SaveAsync(request, context, terms, verdicts: null, cancellationToken);

    /// <summary>The same, and tells which members change nothing.</summary>
    internal async ValueTask<SaveOutcome> SaveAsync(
        SaveRequest request, CommitContext context, SaveTerms terms, VerdictSink? verdicts, CancellationToken cancellationToken)
    {
        PlanOutcome outcome;
        using (var trace = SaveTrace.Plan())
        {
            await using var session = await store.ReadAsync(cancellationToken);
            var (planned, scope) = await PlanAsync(session, request, context, terms, verdicts, cancellationToken);
            UnknownAttributes.Add(scope?.UnknownNames ?? 0);
            outcome = planned;
            trace.Note(outcome);
        }

        if (outcome is PlanOutcome.Planned { Plan: var plan })
        {
            using var commit = SaveTrace.Commit();
            var committed = await store.CommitAsync(plan, (session, token) => PlanAgainAsync(session, commit, token), cancellationToken);
            commit.Note(committed);
            if (committed is CommitOutcome.Committed done)
            {
                SaveMetrics.CountUnchanged(request.Assets.Length - Changed(done), SaveMetrics.Comparison);
                return await CommittedAsync(done, context, terms, cancellationToken);
            }

            outcome = ((CommitOutcome.NotCommitted)committed).Outcome;
        }

        SaveMetrics.CountUnchanged(outcome is PlanOutcome.Unchanged ? request.Assets.Length : 0, SaveMetrics.Comparison);
        return await AnswerAsync(outcome, terms, cancellationToken);

        async ValueTask<PlanOutcome> PlanAgainAsync(IReadSession session, Activity? commit, CancellationToken token)
        {
            using var again = SaveTrace.PlanAgain(commit);
            return (await PlanAsync(session, request, context, terms, verdicts: null, token)).Outcome;
        }
    }

    /// <summary>Says what <see cref="SaveAsync(SaveRequest, CommitContext, CancellationToken)"/> would do at a time, and does nothing.</summary>
    public async ValueTask<SaveOutcome> ForeseeAsync(SaveRequest request, CommitContext context, long time, CancellationToken cancellationToken)
    {
        var terms = new SaveTerms { WithReceipts = true };
        await using var session = await store.ReadAsync(cancellationToken);
        var (outcome, scope) = await PlanAsync(session, request, context, terms, verdicts: null, cancellationToken);
        return outcome is PlanOutcome.Planned planned
            ? await Foresight.OfAsync(session, scope!.Registry, planned.Plan, time, cancellationToken)
            : await AnswerAsync(outcome, terms, cancellationToken);
    }

    private async ValueTask<(PlanOutcome Outcome, PlanningScope? Scope)> PlanAsync(
        IReadSession session, SaveRequest request, CommitContext context, SaveTerms terms, VerdictSink? verdicts, CancellationToken cancellationToken)
    {
        var (instead, own) = await AnsweredRequests.FindAsync(session, context.Actor, terms, cancellationToken);
        if (instead is not null)
        {
            return (instead, null);
        }

        var registry = await types.ForAsync(session, cancellationToken);
        var scope = new PlanningScope(session, registry, limits, context, own, ids) { Verdicts = verdicts };
        if (own.Key is { } key)
        {
            scope.RelyOn(ConflictMarks.Request(context.Actor, key.Key));
        }

        var outcome = await SavePipeline.PlanAsync(scope, request, cancellationToken);
        return (await Explainer.CompleteAsync(outcome, scope, request, cancellationToken), scope);
    }

    /// <summary>How many members of the request a commit has changed.</summary>
    private static int Changed(CommitOutcome.Committed done) => done.Plan.Summary.Mutations.Count(mutation => !mutation.IsRelated);

    private async ValueTask<SaveOutcome> CommittedAsync(
        CommitOutcome.Committed done, CommitContext context, SaveTerms terms, CancellationToken cancellationToken)
    {
        var committed = new SaveOutcome.Committed(done.Plan.Summary, done.Receipt, context, types.Newest);
        if (!terms.WithReceipts && !done.ShowsOldStates)
        {
            return committed;
        }

        await using var session = await store.ReadAsync(cancellationToken);
        var events = await CommitEvents.ReadAsync(session, committed.Registry, done.Receipt, done.Plan.Events.Length, cancellationToken);
        var summary = done.ShowsOldStates ? AsCommitted(committed.Summary, events) : committed.Summary;
        return committed with { Summary = summary, Receipts = terms.WithReceipts ? ReceiptBook.Of(summary, events, committed.Registry) : null };
    }

    /// <summary>What a save changed, with the states that its commit stands on: somebody else may have changed a neighbour since it was planned.</summary>
    private static SaveSummary AsCommitted(SaveSummary summary, ImmutableArray<EventToRender> events)
    {
        var states = new Dictionary<Guid, AssetState>(events.Length);
        foreach (var told in events)
        {
            states[told.Record.Asset.Guid] = told.State;
        }

        return summary with
        {
            Mutations = [.. summary.Mutations.Select(mutation => mutation with { State = states.GetValueOrDefault(mutation.Guid, mutation.State) })],
        };
    }

    private async ValueTask<SaveOutcome> AnswerAsync(PlanOutcome outcome, SaveTerms terms, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case PlanOutcome.Unchanged { Summary: var summary }:
                return new SaveOutcome.Unchanged(summary) { Receipts = terms.WithReceipts ? ReceiptBook.Of(summary, [], types.Newest) : null };
            case PlanOutcome.Answered answered:
                await using (var session = await store.ReadAsync(cancellationToken))
                {
                    var registry = await types.ForAsync(session, cancellationToken);
                    return await Replayer.ReplayAsync(session, registry, answered.Request, terms.WithReceipts, cancellationToken);
                }

            default:
                return Rejected((PlanOutcome.Rejected)outcome);
        }
    }

    /// <summary>
    /// Says all that is wrong with a request that could not be read whole: what the reader found, and what is wrong with the
    /// rest. Saves nothing.
    /// </summary>
    public async ValueTask<SaveOutcome.Rejected> ExplainAsync(ReadOutcome.Refused refused, CommitContext context, CancellationToken cancellationToken)
    {
        if (refused.Rest is not { } rest)
        {
            return new SaveOutcome.Rejected(refused.Problems) { Omitted = refused.Omitted };
        }

        await using var session = await store.ReadAsync(cancellationToken);
        var scope = new PlanningScope(session, await types.ForAsync(session, cancellationToken), limits, context, SaveTerms.None, ids);
        scope.Report(refused);
        var outcome = await SavePipeline.PlanAsync(scope, rest, cancellationToken);
        return Rejected((PlanOutcome.Rejected)await Explainer.CompleteAsync(outcome, scope, rest, cancellationToken));
    }

    private static SaveOutcome.Rejected Rejected(PlanOutcome.Rejected planned) => new(planned.Problems) { Omitted = planned.Omitted };
}
