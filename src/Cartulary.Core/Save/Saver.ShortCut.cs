using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;

namespace Cartulary.Core.Save;

/// <content>Saves of which some members are known to change nothing.</content>
public sealed partial class Saver
{
    /// <summary>
    /// Saves the members that are not known, on condition that the known ones are still what they were. Null, and nothing done,
    /// when only a look at the whole request can tell what is right. Planned again inside the writer's turn, the whole request is.
    /// </summary>
    internal async ValueTask<SaveOutcome?> SaveOthersAsync(
        SaveRequest others, KnownMembers known, Func<ReadOutcome> whole, CommitContext context, VerdictSink verdicts, CancellationToken cancellationToken)
    {
        PlanOutcome outcome;
        CommitNumber asOf;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            asOf = session.Head.Commit;
            outcome = await PlanAsync(session, others, context, verdicts, cancellationToken);
        }

        if (outcome is PlanOutcome.Unchanged unchanged && known.HoldAt(asOf))
        {
            SaveMetrics.CountUnchanged(known.Count, SaveMetrics.Bytes);
            return NotCommitted(unchanged with { Summary = known.Join(unchanged.Summary) }, others.Assets.Length);
        }

        if (outcome is not PlanOutcome.Planned planned || known.Join(planned.Plan) is not { } plan)
        {
            return null;
        }

        var committed = await store.CommitAsync(plan, PlanWholeAsync, cancellationToken);
        if (committed is CommitOutcome.Committed done)
        {
            SaveMetrics.CountUnchanged(known.Count, SaveMetrics.Bytes);
            return Committed(done, others.Assets.Length, context);
        }

        return NotCommitted(((CommitOutcome.NotCommitted)committed).Outcome, others.Assets.Length + known.Count);

        async ValueTask<PlanOutcome> PlanWholeAsync(IReadSession session, CancellationToken token) => whole() switch
        {
            ReadOutcome.Understood understood => await PlanAsync(session, understood.Request, context, verdicts: null, token),
            ReadOutcome.Refused refused => new PlanOutcome.Rejected(refused.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
