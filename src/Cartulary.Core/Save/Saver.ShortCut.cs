using System.Diagnostics;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;
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
        SaveRequest others,
        KnownMembers known,
        Func<ReadOutcome> whole,
        CommitContext context,
        SaveTerms terms,
        VerdictSink verdicts,
        CancellationToken cancellationToken)
    {
        var (outcome, asOf, unknownNames) = await PlanOthersAsync(others, context, terms, verdicts, cancellationToken);
        if (outcome is PlanOutcome.Unchanged unchanged && known.HoldAt(asOf))
        {
            Count(known.Count, others.Assets.Length, unknownNames);
            return await AnswerAsync(unchanged with { Summary = known.Join(unchanged.Summary) }, terms, cancellationToken);
        }

        if (outcome is not PlanOutcome.Planned planned || known.Join(planned.Plan) is not { } plan)
        {
            return null;
        }

        using var commit = SaveTrace.Commit();
        var committed = await store.CommitAsync(plan, (session, token) => PlanWholeAsync(session, commit, token), cancellationToken);
        commit.Note(committed);
        if (committed is CommitOutcome.Committed done)
        {
            Count(known.Count, others.Assets.Length - Changed(done), unknownNames);
            return await CommittedAsync(done, context, terms, cancellationToken);
        }

        return await AnswerAsync(((CommitOutcome.NotCommitted)committed).Outcome, terms, cancellationToken);

        async ValueTask<PlanOutcome> PlanWholeAsync(IReadSession session, Activity? commit, CancellationToken token)
        {
            using var again = SaveTrace.PlanAgain(commit);
            return whole() switch
            {
                ReadOutcome.Understood understood => (await PlanAsync(session, understood.Request, context, terms, verdicts: null, token)).Outcome,
                ReadOutcome.Refused refused => new PlanOutcome.Rejected(refused.Problems) { Omitted = refused.Omitted },
                _ => throw new UnreachableException(),
            };
        }
    }

    /// <summary>Whether a request with this key has been answered before, so that what came of it then is to be answered again.</summary>
    internal async ValueTask<bool> WasAnsweredAsync(string actor, RequestKey key, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        return await session.FindRequestAsync(actor, key.Key, key.NotBefore, cancellationToken) is not null;
    }

    private async ValueTask<(PlanOutcome Outcome, CommitNumber AsOf, int UnknownNames)> PlanOthersAsync(
        SaveRequest others, CommitContext context, SaveTerms terms, VerdictSink verdicts, CancellationToken cancellationToken)
    {
        using var trace = SaveTrace.Plan();
        await using var session = await store.ReadAsync(cancellationToken);
        var (outcome, scope) = await PlanAsync(session, others, context, terms, verdicts, cancellationToken);
        trace.Note(outcome);
        return (outcome, session.Head.Commit, scope?.UnknownNames ?? 0);
    }

    private static void Count(int known, int compared, int unknownNames)
    {
        SaveMetrics.CountUnchanged(known, SaveMetrics.Bytes);
        SaveMetrics.CountUnchanged(compared, SaveMetrics.Comparison);
        UnknownAttributes.Add(unknownNames);
    }
}
