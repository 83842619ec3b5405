using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
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
        SaveAsync(request, context, verdicts: null, cancellationToken);

    /// <summary>The same, and tells which members change nothing.</summary>
    internal async ValueTask<SaveOutcome> SaveAsync(SaveRequest request, CommitContext context, VerdictSink? verdicts, CancellationToken cancellationToken)
    {
        PlanOutcome outcome;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            outcome = await PlanAsync(session, request, context, verdicts, cancellationToken);
        }

        if (outcome is PlanOutcome.Planned planned)
        {
            var committed = await store.CommitAsync(planned.Plan, (session, token) => PlanAsync(session, request, context, verdicts: null, token), cancellationToken);
            if (committed is CommitOutcome.Committed done)
            {
                return Committed(done, request.Assets.Length, context);
            }

            outcome = ((CommitOutcome.NotCommitted)committed).Outcome;
        }

        return NotCommitted(outcome, request.Assets.Length);
    }

    private async ValueTask<PlanOutcome> PlanAsync(
        IReadSession session, SaveRequest request, CommitContext context, VerdictSink? verdicts, CancellationToken cancellationToken)
    {
        var registry = await types.ForAsync(session, cancellationToken);
        var scope = new PlanningScope(session, registry, limits, context, ids) { Verdicts = verdicts };
        return await SavePipeline.PlanAsync(scope, request, cancellationToken);
    }

    private SaveOutcome.Committed Committed(CommitOutcome.Committed done, int compared, CommitContext context)
    {
        SaveMetrics.CountUnchanged(compared - done.Plan.Summary.Mutations.Count(mutation => !mutation.IsRelated), SaveMetrics.Comparison);
        return new SaveOutcome.Committed(done.Plan.Summary, done.Receipt, context, types.Newest);
    }

    private static SaveOutcome NotCommitted(PlanOutcome outcome, int compared)
    {
        if (outcome is not PlanOutcome.Unchanged unchanged)
        {
            return new SaveOutcome.Rejected(((PlanOutcome.Rejected)outcome).Problems);
        }

        SaveMetrics.CountUnchanged(compared, SaveMetrics.Comparison);
        return new SaveOutcome.Unchanged(unchanged.Summary);
    }
}
