using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Import;

/// <summary>Takes lines of an export into a catalog: each request in one commit, or nothing of it. A request that was taken before changes nothing.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="ids">Makes guids.</param>
/// <param name="limits">The limits of one save.</param>
public sealed class Importer(ICatalogStore store, TypeRegistrySource types, IIdSource ids, SaveLimits limits)
{
    /// <summary>Takes the lines in; cancellation applies until the commit begins.</summary>
    public async ValueTask<ImportOutcome> ImportAsync(ImportRequest request, CommitContext context, CancellationToken cancellationToken)
    {
        PlanOutcome outcome;
        int known;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            (outcome, known) = await PlanAsync(session, request, context, isTrial: false, cancellationToken);
        }

        if (outcome is PlanOutcome.Planned { Plan: var plan })
        {
            var committed = await store.CommitAsync(
                plan,
                async (session, token) =>
                {
                    (outcome, known) = await PlanAsync(session, request, context, isTrial: false, token);
                    return outcome;
                },
                cancellationToken);
            outcome = committed is CommitOutcome.NotCommitted instead ? instead.Outcome : outcome;
        }

        return Answer(outcome, request, known);
    }

    /// <summary>Says what <see cref="ImportAsync"/> would do, and does nothing. Partners that are not there yet are taken for granted.</summary>
    public async ValueTask<ImportOutcome> ForeseeAsync(ImportRequest request, CommitContext context, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var (outcome, known) = await PlanAsync(session, request, context, isTrial: true, cancellationToken);
        return Answer(outcome, request, known);
    }

    private async ValueTask<(PlanOutcome Outcome, int Known)> PlanAsync(
        IReadSession session, ImportRequest request, CommitContext context, bool isTrial, CancellationToken cancellationToken)
    {
        var scope = new PlanningScope(session, await types.ForAsync(session, cancellationToken), limits, context, SaveTerms.None, ids);
        return request.Archived.IsEmpty
            ? await new ImportPlanner(scope, isTrial).PlanAsync(request.Assets, cancellationToken)
            : await new ArchivePlanner(scope).PlanAsync(request.Archived, cancellationToken);
    }

    private static ImportOutcome Answer(PlanOutcome outcome, ImportRequest request, int known) => outcome is PlanOutcome.Rejected rejected
        ? new ImportOutcome.Refused(rejected.Problems) { Omitted = rejected.Omitted }
        : new ImportOutcome.Done(request.Assets.Length + request.Archived.Length - known, known);
}
