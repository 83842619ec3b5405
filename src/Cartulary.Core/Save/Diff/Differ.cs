using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Diff;

/// <summary>
/// Fourth stage: compares what is stored with what will be, for every asset that takes part. No difference, no change, and
/// so no event.
/// </summary>
internal sealed class Differ
{
    private static readonly IReadOnlySet<int> None = ImmutableHashSet<int>.Empty;
    private readonly DerivedBatch _batch;
    private readonly Dictionary<BatchAsset, List<EdgeChange>> _edges = [];
    private readonly Dictionary<BatchAsset, DerivedAsset> _derived;
    private readonly HashSet<BatchAsset> _askedFor;
    private readonly IReadOnlySet<int> _ignored;

    private Differ(DerivedBatch batch, IReadOnlySet<int> ignored)
    {
        _batch = batch;
        _ignored = ignored;
        _derived = batch.Assets.ToDictionary(asset => asset.Asset);
        _askedFor = [.. batch.Archived.Concat(batch.Restored).Where(step => step.Owner is null).Select(step => step.Asset)];
    }

    /// <summary>Compares; attributes that are to be ignored count only beside other differences.</summary>
    public static ChangeSet Compare(DerivedBatch batch, IReadOnlySet<int> ignored)
    {
        var differ = new Differ(batch, ignored);
        foreach (var entry in batch.Edges.All)
        {
            differ.CompareEdge(entry);
        }

        return new ChangeSet(batch, [.. differ.InOrder()]);
    }

    /// <summary>
    /// Creations and updates in payload order, then related updates by guid, then those of which only tags or custom metadata
    /// change, in the same order, then deletions, parts before owners.
    /// </summary>
    private IEnumerable<AssetChange> InOrder()
    {
        var changes = _derived.Keys.Concat(_edges.Keys).Concat(_batch.Restored.Select(step => step.Asset)).Concat(_batch.Archived.Select(step => step.Asset))
            .Distinct()
            .Select(Compare)
            .Where(change => !change.IsEmpty && !change.IsOnlyOf(_ignored) && !GoesLater(change))
            .ToList();
        var order = new ArchiveOrder(_batch);
        var archived = _batch.Archived.Select((step, index) => (step.Asset, index)).ToDictionary(pair => pair.Asset, pair => pair.index);
        var updates = changes.Where(change => change.Kind == EventKind.EntityUpdate).ToLookup(change => change.TellsEntity);
        return changes.Where(change => change.Kind == EventKind.EntityCreate).OrderBy(change => change.Asset.Order)
            .Concat(DirectFirst(updates[true]))
            .Concat(DirectFirst(updates[false]))
            .Concat(changes.Where(change => change.Kind == EventKind.EntityDelete)
                .OrderByDescending(change => order.DepthOf(change.Asset)).ThenBy(change => archived[change.Asset]));
    }

    /// <summary>
    /// What a later step of the same job deletes is told that it is gone, and not before of what went with an earlier one: the
    /// other end of each edge has said so.
    /// </summary>
    private bool GoesLater(AssetChange change) => _batch.Job is { } job && change.Kind == EventKind.EntityUpdate && job.Covers(change.Asset);

    private static IEnumerable<AssetChange> DirectFirst(IEnumerable<AssetChange> updates) =>
        updates.Where(change => !change.IsRelated).OrderBy(change => change.Asset.Order)
            .Concat(updates.Where(change => change.IsRelated).OrderBy(change => change.Asset.Guid));

    private AssetChange Compare(BatchAsset asset)
    {
        var derived = _derived.GetValueOrDefault(asset);
        var before = asset.Stored?.State ?? AssetState.Empty;
        var after = derived?.State ?? before;
        var stamped = derived?.StampedAttributes ?? None;
        var change = new AssetChange(asset, KindOf(asset), before, after)
        {
            StampedAttributes = stamped,
            WasAskedFor = _askedFor.Contains(asset),
            Edges = _edges.TryGetValue(asset, out var edges) ? [.. edges] : [],
            Tags = StateDiff.Tags(before, after),
            CustomMetadata = StateDiff.CustomMetadata(before, after),
        };
        return ReferenceEquals(before, after) || asset.IsNew ? change : change with
        {
            Attributes = StateDiff.Attributes(before, after, stamped),
            Labels = before.Labels.SequenceEqual(after.Labels, StringComparer.Ordinal) ? null : new(before.Labels, after.Labels),
            CustomAttributes = before.CustomAttributes.SequenceEqual(after.CustomAttributes) ? null : new(before.CustomAttributes, after.CustomAttributes),
        };
    }

    private static EventKind KindOf(BatchAsset asset)
    {
        if (asset.IsNew)
        {
            return EventKind.EntityCreate;
        }

        return asset.StatusChanges && asset.StatusAfter != AssetStatus.Active ? EventKind.EntityDelete : EventKind.EntityUpdate;
    }

    private void CompareEdge(EdgeEntry entry)
    {
        var before = entry.Stored is { IsLive: true } stored ? stored.Attributes : null;
        var after = entry.IsRecorded && IsActiveAfter(entry, first: true) && IsActiveAfter(entry, first: false) ? entry.Attributes : null;
        if (before is null ? after is null : after is not null && before.Equals(after))
        {
            return;
        }

        var (one, two) = (_batch.Pool.Find(entry.End1)!, _batch.Pool.Find(entry.End2)!);
        Add(one, new EdgeChange(entry.Relationship.End1, two, before, after));
        Add(two, new EdgeChange(entry.Relationship.IsSymmetric ? entry.Relationship.End1 : entry.Relationship.End2, one, before, after));
    }

    private bool IsActiveAfter(EdgeEntry entry, bool first)
    {
        var asset = _batch.Pool.Find(first ? entry.End1 : entry.End2);
        var status = asset?.StatusAfter ?? (first ? entry.Stored!.End1.Status : entry.Stored!.End2.Status);
        return status == AssetStatus.Active;
    }

    private void Add(BatchAsset asset, EdgeChange change)
    {
        if (!_edges.TryGetValue(asset, out var changes))
        {
            _edges.Add(asset, changes = []);
        }

        changes.Add(change);
    }
}
