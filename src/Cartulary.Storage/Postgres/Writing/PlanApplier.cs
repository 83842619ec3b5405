using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// Turns a plan into rows: gives it its numbers and puts what it writes into the buffers, without asking the database. Of
/// the plan itself it changes nothing but the marked times.
/// </summary>
internal sealed class PlanApplier(GroupState state, RowBuffer rows, CommitBuffer commits, PartnerNames names)
{
    private readonly SubjectNumbers _subjects = new();

    /// <summary>Whether lists of partners may become shorter by a plan.</summary>
    public static bool Shortens(CommitPlan plan)
    {
        foreach (var update in plan.Updates)
        {
            if (update.Status is AssetStatus.Deleted or AssetStatus.Purged)
            {
                return true;
            }
        }

        return !plan.ClosedEdges.IsEmpty;
    }

    /// <summary>Applies a plan as the commit that the counters have begun, and moves them.</summary>
    public CommitReceipt Apply(CommitPlan plan, ref Counters counters)
    {
        _subjects.Begin(plan);
        AddInserts(plan, ref counters);
        AddUpdates(plan, ref counters);
        AddKeys(plan);
        AddEdges(plan, ref counters);
        var first = counters.Sequence + 1;
        commits.Add(new BufferedCommit(
            counters, first, plan.Events.Length, plan.Context, plan, Shortens(plan), [.. plan.Events.Select(_subjects.Of)], Lists(plan, counters.Commit)));
        counters.Sequence += plan.Events.Length;
        return _subjects.Receipt(counters, first);
    }

    private void AddInserts(CommitPlan plan, ref Counters counters)
    {
        foreach (var insert in plan.Inserts)
        {
            var subject = plan.Subjects[insert.Subject];
            var asset = ++counters.Asset;
            var revision = ++counters.Revision;
            CommitLog.Stamp(insert.State, insert.TimePatches, counters.Time);
            rows.AddRevision(revision, asset, previous: null, counters.Commit, insert.State);
            rows.AddAsset(asset, subject.Guid, subject.TypeId, revision, counters.Commit);
            names.AddOwn(revision, subject.QualifiedName);
            state.Add(asset, new AssetTrack(subject.Guid, subject.TypeId, version: 1, revision, AssetStatus.Active));
            _subjects.Created(insert.Subject, asset, revision);
        }
    }

    private void AddUpdates(CommitPlan plan, ref Counters counters)
    {
        foreach (var update in plan.Updates)
        {
            var asset = _subjects.AssetOf(update.Subject);
            var track = state.Find(asset) ?? throw new InvalidOperationException($"Asset {asset}, which a plan updates, is not stored.");
            long? revision = null;
            if (update.State is { } changed)
            {
                revision = ++counters.Revision;
                CommitLog.Stamp(changed, update.TimePatches, counters.Time);
                rows.AddRevision(revision.Value, asset, track.Revision, counters.Commit, changed);
                names.AddOwn(revision.Value, plan.Subjects[update.Subject].QualifiedName);
            }

            track.Change(counters.Commit, revision, update.Status);
            rows.UpdateAsset(asset, track, counters.Commit);
            rows.AddTouch(asset, track, counters.Commit, _subjects.FirstEventOf(update.Subject));
            _subjects.Changed(update.Subject, track.Version, track.Revision);
        }
    }

    private void AddKeys(CommitPlan plan)
    {
        foreach (var update in plan.Updates)
        {
            foreach (var key in update.RemovedKeys)
            {
                rows.RemoveKey(key, plan.Subjects[update.Subject].TypeId, _subjects.AssetOf(update.Subject));
            }
        }

        foreach (var insert in plan.Inserts)
        {
            AddKeys(plan, insert.Subject, insert.Keys);
        }

        foreach (var update in plan.Updates)
        {
            AddKeys(plan, update.Subject, update.AddedKeys);
        }
    }

    private void AddKeys(CommitPlan plan, int subject, ImmutableArray<AssetKey> keys)
    {
        foreach (var key in keys)
        {
            rows.AddKey(key, plan.Subjects[subject].TypeId, _subjects.AssetOf(subject));
        }
    }

    private void AddEdges(CommitPlan plan, ref Counters counters)
    {
        foreach (var edge in plan.ClosedEdges)
        {
            if (!state.TryClose(edge, counters.Commit))
            {
                throw new InvalidOperationException($"Edge {edge}, which a plan ends, is not recorded.");
            }

            rows.CloseEdge(edge, counters.Commit);
        }

        foreach (var edge in plan.OpenedEdges)
        {
            var row = ++counters.Edge;
            var (end1, end2) = (_subjects.AssetOf(edge.End1), _subjects.AssetOf(edge.End2));
            rows.OpenEdge(row, edge, end1, end2, counters.Commit);
            state.Open(edge.RelationshipId, end1, end2, edge.Link ?? row, counters.Commit);
        }
    }

    private ImmutableArray<List<BufferedList>> Lists(CommitPlan plan, long commit)
    {
        var lists = ImmutableArray.CreateBuilder<List<BufferedList>>(plan.Events.Length);
        foreach (var told in plan.Events)
        {
            var own = new List<BufferedList>(told.Lists.Length);
            foreach (var request in told.Lists)
            {
                if (state.PartnersAt(new ListKey(_subjects.AssetOf(told.Subject), request), commit) is { } partners)
                {
                    own.Add(new BufferedList(request, partners));
                }
            }

            lists.Add(own);
        }

        return lists.MoveToImmutable();
    }
}
