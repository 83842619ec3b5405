using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Receipts;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Foresee;

/// <summary>
/// Gives a plan the numbers that its commit would get if it came next, and makes of it what the commit would be read as. It
/// goes by the stored form and back, so that a save on trial tells what the save itself would tell.
/// </summary>
internal static class Foresight
{
    public static async ValueTask<SaveOutcome> OfAsync(
        IReadSession session, TypeRegistry registry, CommitPlan plan, long now, CancellationToken cancellationToken)
    {
        var head = session.Head;
        var time = Math.Max(head.Time, now);
        var versions = await VersionsAsync(session, plan, cancellationToken);
        var lists = await new ForeseenLists(session, plan).ReadAsync(cancellationToken);
        StampStates(plan, time);
        var numbers = plan.Events.Select(told => new EventNumbers(plan.Subjects[told.Subject].Asset, versions[told.Subject], Revision: 0)).ToList();
        var commit = new LoggedCommit(
            new CommitNumber(head.Commit.Value + 1), head.Sequence + 1, plan.Events.Length, time, plan.Context, CommitLog.Encode(plan, time, numbers, lists));
        var events = Events(plan, commit, registry);
        var receipt = new CommitReceipt(commit.Commit, commit.FirstSequence, time, ImmutableCollectionsMarshal.AsImmutableArray(versions));
        var save = new SaveOutcome.Committed(plan.Summary, receipt, plan.Context, registry) { Receipts = ReceiptBook.Of(plan.Summary, events, registry) };
        return new SaveOutcome.Foreseen(save, [.. events.Select(FeedEvent.Render)], head.Sequence);
    }

    private static async ValueTask<long[]> VersionsAsync(IReadSession session, CommitPlan plan, CancellationToken cancellationToken)
    {
        var versions = new long[plan.Subjects.Length];
        var updated = plan.Updates.ToDictionary(update => plan.Subjects[update.Subject].Asset, update => update.Subject);
        foreach (var (asset, stored) in await session.LoadAsync(updated.Keys, cancellationToken))
        {
            versions[updated[asset]] = stored.Version + 1;
        }

        foreach (var insert in plan.Inserts)
        {
            versions[insert.Subject] = 1;
        }

        return versions;
    }

    private static void StampStates(CommitPlan plan, long time)
    {
        foreach (var insert in plan.Inserts)
        {
            CommitLog.Stamp(insert.State, insert.TimePatches, time);
        }

        foreach (var update in plan.Updates.Where(update => update.State is not null))
        {
            CommitLog.Stamp(update.State!, update.TimePatches, time);
        }
    }

    private static ImmutableArray<EventToRender> Events(CommitPlan plan, LoggedCommit commit, TypeRegistry registry)
    {
        var records = CommitLog.Decode(commit);
        var mutations = plan.Summary.Mutations.ToDictionary(mutation => mutation.Subject);
        var stamp = new CommitStamp(commit.Context.Actor, commit.Time);
        return
        [
            .. records.Select((record, index) =>
            {
                var mutation = mutations[plan.Events[index].Subject];
                return new EventToRender(commit, index, record, records, mutation.State, mutation.Created ?? stamp, registry);
            }),
        ];
    }
}
