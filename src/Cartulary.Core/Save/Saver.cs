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
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            outcome = await PlanAsync(session, cancellationToken);
        }

        if (outcome is PlanOutcome.Planned planned)
        {
            var committed = await store.CommitAsync(planned.Plan, PlanAsync, cancellationToken);
            if (committed is CommitOutcome.Committed done)
            {
                return new SaveOutcome.Committed(done.Plan.Summary, done.Receipt, context, types.Newest);
            }

            outcome = ((CommitOutcome.NotCommitted)committed).Outcome;
        }

        return outcome is PlanOutcome.Unchanged unchanged
            ? new SaveOutcome.Unchanged(unchanged.Summary)
            : Rejected((PlanOutcome.Rejected)outcome);
        async ValueTask<PlanOutcome> PlanAsync(IReadSession session, CancellationToken token)
        {
            var registry = await types.ForAsync(session, token);
            return await SavePipeline.PlanAsync(new PlanningScope(session, registry, limits, context, ids), request, token);
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
        var scope = new PlanningScope(session, await types.ForAsync(session, cancellationToken), limits, context, ids);
        scope.Report(refused);
        return Rejected((PlanOutcome.Rejected)await SavePipeline.PlanAsync(scope, rest, cancellationToken));
    }

    private static SaveOutcome.Rejected Rejected(PlanOutcome.Rejected planned) => new(planned.Problems) { Omitted = planned.Omitted };
}
