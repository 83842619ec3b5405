using System.Diagnostics;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>Saves: plans a request against a fresh snapshot and commits the plan, or says why not.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="ids">Makes guids and names.</param>
/// <param name="limits">The limits of one save.</param>
public sealed class Saver(ICatalogStore store, TypeRegistrySource types, IIdSource ids, SaveLimits limits)
{
    /// <summary>
    /// All or nothing: the assets, edges and events of the request are committed together, or nothing is. Cancellation applies
    /// until the commit begins.
    /// </summary>
    public async ValueTask<SaveOutcome> SaveAsync(SaveRequest request, CommitContext context, CancellationToken cancellationToken)
    {
        PlanOutcome outcome;
        using (var plan = SaveTrace.Plan())
        {
            await using var session = await store.ReadAsync(cancellationToken);
            outcome = await PlanAsync(session, cancellationToken);
            plan.Note(outcome);
        }

        if (outcome is PlanOutcome.Planned planned)
        {
            using var commit = SaveTrace.Commit();
            var committed = await store.CommitAsync(planned.Plan, (session, token) => PlanAgainAsync(session, commit, token), cancellationToken);
            commit.Note(committed);
            if (committed is CommitOutcome.Committed done)
            {
                return new SaveOutcome.Committed(done.Plan.Summary, done.Receipt, context, types.Newest);
            }

            outcome = ((CommitOutcome.NotCommitted)committed).Outcome;
        }

        return outcome is PlanOutcome.Unchanged unchanged
            ? new SaveOutcome.Unchanged(unchanged.Summary)
            : new SaveOutcome.Rejected(((PlanOutcome.Rejected)outcome).Problems);

        async ValueTask<PlanOutcome> PlanAgainAsync(IReadSession session, Activity? commit, CancellationToken token)
        {
            using var again = SaveTrace.PlanAgain(commit);
            return await PlanAsync(session, token);
        }

        async ValueTask<PlanOutcome> PlanAsync(IReadSession session, CancellationToken token)
        {
            var registry = await types.ForAsync(session, token);
            return await SavePipeline.PlanAsync(new PlanningScope(session, registry, limits, context, ids), request, token);
        }
    }
}
