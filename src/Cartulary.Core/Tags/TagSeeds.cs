using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>Finds the places from which the changes of a save may spread.</summary>
/// <param name="before">The tags of an asset as stored.</param>
/// <param name="after">
/// Its tags as the request leaves them. Of an asset that comes back, only its own: what is passed on to it has to arrive anew.
/// </param>
internal sealed class TagSeeds(Func<Guid, IEnumerable<AssetTag>> before, Func<Guid, IEnumerable<AssetTag>> after)
{
    private readonly List<TagSeed> _found = [];
    private readonly HashSet<Carried> _loosened = [];

    /// <summary>All that were found.</summary>
    public IReadOnlyList<TagSeed> Found => _found;

    /// <summary>
    /// Tags of assets that a way led to which is gone, whether or not the asset it came from had them. They are in doubt where the
    /// tag is still being passed on: that asset may have lost it already, and the one it led to not yet.
    /// </summary>
    public IReadOnlyCollection<Carried> Loosened => _loosened;

    /// <summary>An edge or one of its ends changes.</summary>
    public void AddWay(WayChange change)
    {
        var (way, old, now) = change;
        var passed = before(way.From).Where(tag => Passes(tag, way, old)).ToDictionary(tag => tag.Key);
        foreach (var tag in after(way.From).Where(tag => Passes(tag, way, now) && !passed.Remove(tag.Key)))
        {
            Add(TagSeedKind.Arrival, way.To, tag.Key, tag);
        }

        foreach (var (key, tag) in passed)
        {
            Add(TagSeedKind.Doubt, way.To, key, tag);
        }

        if (old is { IsRecorded: true, IsToActive: true } && now is { IsToActive: true } and not { IsRecorded: true, IsFromActive: true })
        {
            _loosened.UnionWith(before(way.To).Where(tag => tag.Source != way.To).Select(tag => new Carried(way.To, tag.Key)));
        }
    }

    /// <summary>The request speaks of an asset's own tags.</summary>
    public void AddSource(Guid asset)
    {
        var old = Own(before(asset), asset);
        var now = Own(after(asset), asset);
        foreach (var key in old.Keys.Union(now.Keys))
        {
            if (!Equals(old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
            {
                Add(TagSeedKind.Departure, asset, key, now.GetValueOrDefault(key));
            }
        }
    }

    /// <summary>An archived asset comes back.</summary>
    public void AddReturn(Guid asset)
    {
        foreach (var tag in before(asset).Where(tag => tag.Source != asset))
        {
            Add(TagSeedKind.Return, asset, tag.Key, tag);
        }
    }

    private void Add(TagSeedKind kind, Guid asset, TagKey key, AssetTag? tag) => _found.Add(new TagSeed(kind, new Carried(asset, key), tag));

    private static bool Passes(AssetTag tag, TagWay way, WayStand stand) =>
        stand.IsRecorded && stand.IsToActive && tag.Source != way.To && tag.Takes(way.Path) && tag.Leaves(way.From, stand.IsFromActive);

    private static Dictionary<TagKey, AssetTag> Own(IEnumerable<AssetTag> tags, Guid asset) =>
        tags.Where(tag => tag.Source == asset && tag.Propagate).ToDictionary(tag => tag.Key);
}
