using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Tags;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Passes tags on: to the assets that a tag reaches by what the save does, and away from those it reaches no more.
/// </summary>
internal sealed class TagSpread(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    private readonly SaveTagGraph _graph = new(scope, batch.Pool, batch.Edges, drafts, scope.Limits.PassedOnPerSave);

    /// <summary>Changes the drafts of all assets concerned; returns where it is to be done afterwards, because it would be too much now.</summary>
    public async ValueTask<ImmutableArray<TagWorkInsert>> ApplyAsync(CancellationToken cancellationToken)
    {
        var found = FindSeeds();
        var (seeds, loosened) = (found.Found, found.Loosened);
        if (seeds.Count + loosened.Count == 0)
        {
            return [];
        }

        // Of a tag that is being passed on already nobody knows yet who has it rightly.
        var places = seeds.Select(seed => seed.Place);
        var pending = await scope.PendingTagsAsync([.. places.Concat(loosened).Select(place => place.Key).Distinct()], cancellationToken);
        var now = seeds.Where(seed => !pending.Contains(seed.Place.Key)).ToList();
        var isDone = await TryNowAsync(now, cancellationToken);
        return
        [
            .. places.Where(place => !isDone || pending.Contains(place.Key)).Concat(loosened.Where(place => pending.Contains(place.Key))).Distinct()
                .Select(place => new TagWorkInsert(place.Asset, place.Key, TagWorkKind.Look)),
        ];
    }

    private async ValueTask<bool> TryNowAsync(List<TagSeed> seeds, CancellationToken cancellationToken)
    {
        var walk = new TagWalk(_graph);
        foreach (var group in seeds.GroupBy(seed => seed.Place.Key))
        {
            walk.Know(group.Key, AtSource(group.Key, group));
        }

        walk.Begin(seeds);
        if (!await walk.RunAsync(cancellationToken))
        {
            return false;
        }

        foreach (var change in walk.Changes.GroupBy(change => change.Asset).ToList())
        {
            var draft = drafts.For(batch.Pool.Find(change.Key)!);
            var tags = _graph.TagsOf(draft.Asset).ToDictionary(tag => tag.Key);
            foreach (var (_, key, after) in change)
            {
                if (after is null)
                {
                    tags.Remove(key);
                }
                else
                {
                    tags[key] = after;
                }
            }

            draft.Tags = [.. tags.Values.OrderBy(tag => tag.Key)];
        }

        return true;
    }

    private TagSeeds FindSeeds()
    {
        var returned = batch.Restored.Select(step => step.Asset).ToHashSet();
        var seeds = new TagSeeds(
            guid => batch.Pool.Find(guid)!.Stored?.State.Tags ?? [],
            guid => batch.Pool.Find(guid) is { } asset && returned.Contains(asset) ? _graph.TagsOf(asset).Where(tag => tag.Source == guid) : _graph.TagsOf(batch.Pool.Find(guid)!));
        foreach (var entry in batch.Edges.All.Where(entry => entry.Relationship.Definition.PropagateTags != TagPropagation.None))
        {
            AddWays(seeds, entry);
        }

        foreach (var draft in drafts.All.Where(draft => draft.Tags is not null))
        {
            seeds.AddSource(draft.Asset.Guid);
        }

        foreach (var asset in returned)
        {
            seeds.AddReturn(asset.Guid);
        }

        return seeds;
    }

    private void AddWays(TagSeeds seeds, EdgeEntry entry)
    {
        if (batch.Pool.Find(entry.End1) is not { } one || batch.Pool.Find(entry.End2) is not { } two
            || !(entry.IsOpened || entry.IsClosed || one.StatusChanges || two.StatusChanges))
        {
            return;
        }

        foreach (var (from, to, side) in new[] { (one, two, EndSide.One), (two, one, EndSide.Two) })
        {
            if (!TagRoutes.Leads(entry.Relationship, side))
            {
                continue;
            }

            if (!from.IsNew)
            {
                scope.RelyOn(ConflictMarks.Tags(from.Guid));
            }

            if (entry.Stored is not null)
            {
                scope.RelyOn(ConflictMarks.Tags(to.Guid));
            }

            seeds.AddWay(new WayChange(
                new TagWay(from.Guid, to.Guid, TagRoutes.PathOf(entry.Relationship)),
                new WayStand(entry.Stored is not null, from.StatusBefore == AssetStatus.Active, to.StatusBefore == AssetStatus.Active),
                new WayStand(entry.IsRecorded, from.StatusAfter == AssetStatus.Active, to.StatusAfter == AssetStatus.Active)));
        }
    }

    /// <summary>
    /// A tag as its source has it. Where the source has no part in the save, every asset in use that has the tag has it like the
    /// source; one that comes back may have it as it was.
    /// </summary>
    private AssetTag? AtSource(TagKey key, IEnumerable<TagSeed> seeds) =>
        batch.Pool.Find(key.Source) is { } source
            ? _graph.TagsOf(source).FirstOrDefault(tag => tag.Key == key)
            : seeds.OrderBy(seed => seed.Kind == TagSeedKind.Return).First().Tag;
}
