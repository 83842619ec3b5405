using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Tags;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// The graph that tags are passed on in, as a save leaves it: the stored one, with what the request does to edges, status and
/// tags. Marks all that it shows as relied upon.
/// </summary>
/// <param name="scope">The planning.</param>
/// <param name="pool">All assets met so far.</param>
/// <param name="edges">The edges that the save speaks of.</param>
/// <param name="drafts">The states that change.</param>
/// <param name="bound">How many assets may be loaded for it.</param>
internal sealed class SaveTagGraph(PlanningScope scope, AssetPool pool, EdgeBook edges, DraftSet drafts, int bound) : ITagGraph
{
    private readonly Dictionary<Guid, IReadOnlyList<TagWay>> _out = [];
    private readonly Dictionary<Guid, IReadOnlyList<TagWay>> _in = [];
    private int _loaded;

    public ValueTask<bool> LoadOutAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken) =>
        LoadAsync(assets, isOut: true, cancellationToken);

    public ValueTask<bool> LoadInAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken) =>
        LoadAsync(assets, isOut: false, cancellationToken);

    public IReadOnlyList<TagWay> Out(Guid asset) => _out[asset];

    public IReadOnlyList<TagWay> In(Guid asset) => _in[asset];

    public bool IsActive(Guid asset) => pool.Find(asset)!.StatusAfter == AssetStatus.Active;

    public AssetTag? Find(Guid asset, TagKey key)
    {
        foreach (var tag in TagsOf(pool.Find(asset)!))
        {
            if (tag.Key == key)
            {
                return tag;
            }
        }

        return null;
    }

    /// <summary>An asset's tags as the request leaves them; none of one that is purged.</summary>
    public IEnumerable<AssetTag> TagsOf(BatchAsset asset) =>
        asset.StatusAfter == AssetStatus.Purged ? [] : drafts.Find(asset)?.Tags ?? asset.Stored?.State.Tags ?? [];

    private async ValueTask<bool> LoadAsync(IReadOnlyCollection<Guid> assets, bool isOut, CancellationToken cancellationToken)
    {
        var known = isOut ? _out : _in;
        var missing = assets.Where(asset => !known.ContainsKey(asset)).Select(asset => pool.Find(asset)!).ToList();
        var ends = new Dictionary<EndKey, Guid>();
        foreach (var asset in missing)
        {
            foreach (var end in EndsOf(asset, isOut))
            {
                EdgeQueries.AddEnd(ends, asset, end);
            }
        }

        // Of a list that is longer than the bound and all that is known already, so many are enough to see that it is too long.
        var stored = await scope.SomeEdgesAtAsync(ends, Math.Min(bound, int.MaxValue - pool.Count - 1) + pool.Count + 1, cancellationToken);
        var others = stored.Values.SelectMany(list => list).SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id })
            .Concat(missing.SelectMany(asset => EndsOf(asset, isOut).SelectMany(end => RecordedAt(end, asset.Guid))))
            .Where(id => pool.Find(id) is null)
            .ToHashSet();
        _loaded += others.Count;
        if (_loaded > bound)
        {
            return false;
        }

        await pool.LoadAsync(others, cancellationToken);
        foreach (var asset in missing)
        {
            known[asset.Guid] = [.. EndsOf(asset, isOut).SelectMany(end => WaysAt(asset, end, isOut, stored))];
        }

        return true;
    }

    private IEnumerable<AssetId> RecordedAt(EndAttribute end, Guid asset) => edges.RecordedAt(end, asset)
        .Where(entry => entry.Stored is not null)
        .SelectMany(entry => new[] { entry.Stored!.End1.Id, entry.Stored.End2.Id });

    private IEnumerable<TagWay> WaysAt(
        BatchAsset asset, EndAttribute end, bool isOut, IReadOnlyDictionary<EndKey, System.Collections.Immutable.ImmutableArray<StoredEdge>> stored)
    {
        var path = TagRoutes.PathOf(end.Relationship);
        if (!asset.IsNew && stored.TryGetValue(new EndKey(asset.Id, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric), out var list))
        {
            foreach (var edge in list)
            {
                var other = edge.End1.Guid == asset.Guid ? edge.End2.Guid : edge.End1.Guid;
                if (edges.Find(end, asset.Guid, other) is null)
                {
                    yield return Way(asset.Guid, other, isOut, path);
                }
            }
        }

        foreach (var entry in edges.RecordedAt(end, asset.Guid))
        {
            yield return Way(asset.Guid, entry.Other(asset.Guid), isOut, path);
        }
    }

    private TagWay Way(Guid asset, Guid other, bool isOut, TagPath path)
    {
        if (pool.Find(other) is { IsNew: false })
        {
            scope.RelyOn(ConflictMarks.Life(other));
            scope.RelyOn(ConflictMarks.Tags(other));
        }

        return isOut ? new TagWay(asset, other, path) : new TagWay(other, asset, path);
    }

    private static System.Collections.Immutable.ImmutableArray<EndAttribute> EndsOf(BatchAsset asset, bool isOut) =>
        isOut ? TagRoutes.Of(asset.Type).Out : TagRoutes.Of(asset.Type).In;
}
