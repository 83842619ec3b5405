using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Record;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tags;

/// <summary>
/// Passes on the tags that saves left for later, a tag at a time and in commits of a bounded size, each of which tells exactly
/// what it stores. What is still to do stands in the store, so that the work goes on after a restart where it was. One at a time
/// should work on a catalog; two would do the same work twice, and nothing wrong.
/// </summary>
/// <remarks>
/// Between its commits two things hold for every tag. Where an edge leads from an asset that has the tag to one that should have
/// it and has not, or has it in another form, one of the two has a row. And an asset that has the tag without any path of assets
/// that have it, is led to by such assets from one that has a row. So when no row is left, every asset has the tags that lead
/// to it and no others. While a tag has rows, saves leave every change that concerns it to the job, as further rows; where a way
/// ends, also for an asset that has the tag though the one before it has lost it already. What a look has found is held against
/// the catalog once more when it is stored: a way that nobody has passed the tag over yet may have ended without leaving a row.
/// </remarks>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="ids">Makes the names of its commits.</param>
/// <param name="limits">The limits of saves.</param>
public sealed class TagJob(ICatalogStore store, TypeRegistrySource types, IIdSource ids, SaveLimits limits)
{
    private const int RowsPerLook = 10_000;
    private const int InterruptionsMax = 3;

    private int _interruptions;

    /// <summary>Looks at one tag, and commits what follows.</summary>
    /// <param name="mayGoOn">Asked between commits; false stops, and the rest stays to be done.</param>
    /// <param name="cancellationToken">Stops between commits.</param>
    /// <returns>Whether there was anything to do.</returns>
    public async ValueTask<bool> StepAsync(Func<ValueTask<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if (await LookAsync(cancellationToken) is not { } look)
        {
            return false;
        }

        for (var start = 0; start < look.Changes.Count || start == 0; start += limits.PassedOnPerCommit)
        {
            if (!await mayGoOn())
            {
                return true;
            }

            var changes = look.Changes.Skip(start).Take(limits.PassedOnPerCommit).ToList();
            var isLast = start + changes.Count >= look.Changes.Count;
            if (await CommitAsync(look, changes, isLast, cancellationToken) is not { } commit)
            {
                _interruptions++;
                return true;
            }

            look = look with { SeenUpTo = TagWorkId.After(commit) };
        }

        _interruptions = 0;
        return true;
    }

    private async ValueTask<Finding?> LookAsync(CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        if (await session.TagWorkAsync(of: null, default, 1, cancellationToken) is not [var first, ..])
        {
            return null;
        }

        var rows = await session.TagWorkAsync(first.Key, default, RowsPerLook, cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var finding = new Finding(first.Key, first.Actor, rows, [], TagWorkId.After(session.Head.Commit));
        foreach (var (bound, isWhole) in new[] { (limits.LookedAtPerTag, true), (int.MaxValue, false) })
        {
            var scope = new PlanningScope(session, registry, limits, Context(first.Actor), SaveTerms.None, ids) { IsOnlyLooking = true };
            var pool = new AssetPool(scope);
            var found = await session.FindByGuidAsync([.. rows.Select(row => row.Asset).Append(first.Key.Source).Distinct()], cancellationToken);
            await pool.LoadAsync(found.Values, cancellationToken);
            var graph = new SaveTagGraph(scope, pool, new EdgeBook(registry), new DraftSet(), bound);
            var walk = new TagWalk(graph);
            walk.Know(first.Key, pool.Find(first.Key.Source) is null ? null : graph.Find(first.Key.Source, first.Key));
            foreach (var row in rows.Where(row => pool.Find(row.Asset) is not null))
            {
                if (row.Kind == TagWorkKind.PassOn)
                {
                    walk.Depart(row.Asset, row.Key);
                }
                else
                {
                    walk.Look(row.Asset, row.Key);
                }
            }

            if (await (isWhole ? walk.RunAsync(cancellationToken) : walk.StepAsync(cancellationToken)))
            {
                return finding with { Changes = [.. walk.Changes.Select(change => (change.Asset, change.After))] };
            }
        }

        return finding;
    }

    /// <summary>Commits some changes of a look; null when something has changed since, so that it is better to look again.</summary>
    private async ValueTask<CommitNumber?> CommitAsync(
        Finding look, List<(Guid Asset, AssetTag? After)> changes, bool isLast, CancellationToken cancellationToken)
    {
        PlanOutcome? outcome;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            outcome = await PlanAsync(session, cancellationToken);
        }

        if (outcome is not PlanOutcome.Planned planned)
        {
            return null;
        }

        return await store.CommitAsync(planned.Plan, PlanAsync, cancellationToken) is CommitOutcome.Committed done ? done.Receipt.Commit : null;

        async ValueTask<PlanOutcome> PlanAsync(IReadSession session, CancellationToken token)
        {
            var registry = await types.ForAsync(session, token);
            var scope = new PlanningScope(session, registry, limits, Context(look.Actor), SaveTerms.None, ids);
            var hasNew = !(await session.TagWorkAsync(look.Key, look.SeenUpTo, 1, token)).IsEmpty;
            if (hasNew && _interruptions < InterruptionsMax)
            {
                return new PlanOutcome.Unchanged(new SaveSummary([], []));
            }

            if (_interruptions < InterruptionsMax || isLast)
            {
                scope.RelyOn(ConflictMarks.TagWork(look.Key));
            }

            return await PlanChangesAsync(scope, look, changes, isLast, token);
        }
    }

    private static async ValueTask<PlanOutcome> PlanChangesAsync(
        PlanningScope scope, Finding look, List<(Guid Asset, AssetTag? After)> changes, bool isLast, CancellationToken cancellationToken)
    {
        var pool = new AssetPool(scope);
        var found = await scope.FindByGuidAsync([.. changes.Select(change => change.Asset).Append(look.Key.Source).Distinct()], cancellationToken);
        await pool.LoadAsync(found.Values, cancellationToken);
        var drafts = new DraftSet();
        var held = await StillHeldAsync(scope, pool, look.Key, changes, cancellationToken);
        foreach (var (guid, after) in changes)
        {
            if (pool.Find(guid) is not { StatusBefore: AssetStatus.Active } asset || !(after is null || held.Contains(guid)))
            {
                continue;
            }

            scope.RelyOn(ConflictMarks.State(guid));
            scope.RelyOn(ConflictMarks.Life(guid));
            var draft = drafts.For(asset);
            draft.Tags =
            [
                .. draft.StateBefore.Tags.Where(tag => tag.Key != look.Key).Concat(after is null ? [] : [after]).OrderBy(tag => tag.Key),
            ];
        }

        var batch = new DerivedBatch(
            [.. drafts.All.Select(draft => draft.Finish())],
            new EdgeBook(scope.Registry),
            pool,
            [],
            [],
            ImmutableDictionary<Guid, IReadOnlyList<DerivedCause>>.Empty,
            [])
        {
            TagWork = [.. changes.Select(change => new TagWorkInsert(change.Asset, look.Key, held.Contains(change.Asset) ? TagWorkKind.PassOn : TagWorkKind.LookAgain))],
            DoneTagWork = isLast ? [.. look.Rows.Select(row => row.Id)] : [],
        };
        return Recorder.Record(scope, Differ.Compare(batch, scope.Registry.IgnoredAttributeIds));
    }

    private static ValueTask<IReadOnlySet<Guid>> StillHeldAsync(
        PlanningScope scope, AssetPool pool, TagKey key, List<(Guid Asset, AssetTag? After)> changes, CancellationToken cancellationToken)
    {
        scope.RelyOn(ConflictMarks.Tags(key.Source));
        scope.RelyOn(ConflictMarks.Life(key.Source));
        var graph = new SaveTagGraph(scope, pool, new EdgeBook(scope.Registry), new DraftSet(), int.MaxValue);
        var atSource = pool.Find(key.Source) is null ? null : graph.Find(key.Source, key);
        var current = changes.Where(change => pool.Find(change.Asset) is { StatusBefore: AssetStatus.Active }).ToDictionary(change => change.Asset, change => change.After);
        return new GainCheck(graph, key, atSource, current).FindAsync(cancellationToken);
    }

    private CommitContext Context(string actor) => new(
        ids.NewGuid(), actor, "propagation", DeleteHandler: null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>What a look at a tag has found.</summary>
    private sealed record Finding(
        TagKey Key, string Actor, ImmutableArray<TagWork> Rows, ImmutableList<(Guid Asset, AssetTag? After)> Changes, TagWorkId SeenUpTo);
}
