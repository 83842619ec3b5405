using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>
/// Works out which assets get, keep and lose the tags that are passed on, from what has changed: it looks at no more of the
/// graph than that. An asset in use has a tag of another one exactly when a path of edges that the tag takes leads to it.
/// That holds after a walk when it held before, or where each asset at which it did not is named as doubtful or departing.
/// </summary>
/// <param name="graph">What the walk looks at.</param>
internal sealed class TagWalk(ITagGraph graph)
{
    private readonly Dictionary<TagKey, AssetTag?> _atSource = [];
    private readonly Dictionary<Carried, AssetTag?> _after = [];
    private readonly HashSet<Carried> _departing = [];
    private readonly HashSet<Carried> _doubtful = [];
    private readonly SupportSearch _support = new(graph);
    private bool _stopsAtGains;

    /// <summary>Says how a tag is at its source; null when it is there no more. Comes before anything else about it.</summary>
    public void Know(TagKey key, AssetTag? atSource) => _atSource[key] = atSource is { Propagate: true } ? atSource : null;

    /// <summary>Begins where a save has changed something; all tags concerned are known.</summary>
    public void Begin(IEnumerable<TagSeed> seeds)
    {
        foreach (var (kind, (asset, key), _) in seeds.OrderByDescending(seed => seed.Kind == TagSeedKind.Return))
        {
            switch (kind)
            {
                case TagSeedKind.Return:
                    _after[new Carried(asset, key)] = null;
                    break;
                case TagSeedKind.Arrival:
                    Arrive(asset, key);
                    break;
                case TagSeedKind.Doubt:
                    Doubt(asset, key);
                    break;
                default:
                    _departing.Add(new Carried(asset, key));
                    break;
            }
        }
    }

    /// <summary>Begins at an asset of which nothing is known but that it is to be looked at.</summary>
    public void Look(Guid asset, TagKey key)
    {
        Doubt(asset, key);
        _departing.Add(new Carried(asset, key));
    }

    /// <summary>Begins at an asset that has got a tag: those it leads to are to be looked at.</summary>
    public void Depart(Guid asset, TagKey key) => _departing.Add(new Carried(asset, key));

    /// <summary>Walks until nothing is left to look at.</summary>
    /// <returns>False when that is more than may be looked at; nothing of the outcome counts then.</returns>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        while (_departing.Count + _doubtful.Count > 0)
        {
            if (!(_departing.Count > 0 ? await DepartAsync(cancellationToken) : await SettleAsync(cancellationToken)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Goes one step: clears all doubt, with what follows from tags that go, but does not look beyond assets that get a tag.
    /// </summary>
    /// <returns>False when that is more than may be looked at; nothing of the outcome counts then.</returns>
    public ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        _stopsAtGains = true;
        return RunAsync(cancellationToken);
    }

    /// <summary>The tags that differ from those in the graph: for each, the asset, and how it has it then; null when it loses it.</summary>
    public IEnumerable<(Guid Asset, TagKey Key, AssetTag? After)> Changes =>
        _after.Where(entry => !Equals(entry.Value, graph.Find(entry.Key.Asset, entry.Key.Key)))
            .Select(entry => (entry.Key.Asset, entry.Key.Key, entry.Value));

    private async ValueTask<bool> DepartAsync(CancellationToken cancellationToken)
    {
        List<Carried> departing = [.. _departing];
        _departing.Clear();
        if (!await graph.LoadOutAsync([.. departing.Select(carried => carried.Asset).Distinct()], cancellationToken))
        {
            return false;
        }

        foreach (var (asset, key) in departing)
        {
            var tag = Has(asset, key) && _atSource[key] is { } atSource && atSource.Leaves(asset, graph.IsActive(asset)) ? atSource : null;
            foreach (var way in graph.Out(asset))
            {
                if (tag is not null && tag.Takes(way.Path))
                {
                    Arrive(way.To, key);
                }
                else if (Held(way.To, key) is not null)
                {
                    Doubt(way.To, key);
                }
            }
        }

        return true;
    }

    /// <summary>Takes tags away where no path from their source is left.</summary>
    private async ValueTask<bool> SettleAsync(CancellationToken cancellationToken)
    {
        List<Carried> doubtful = [.. _doubtful];
        _doubtful.Clear();
        if (!await _support.FindAsync([.. doubtful.Where(carried => _atSource[carried.Key] is not null)], key => _atSource[key], Has, cancellationToken))
        {
            return false;
        }

        foreach (var carried in doubtful)
        {
            if (_support.IsFound(carried))
            {
                Arrive(carried.Asset, carried.Key);
            }
            else if (Held(carried.Asset, carried.Key) is not null)
            {
                Set(carried.Asset, carried.Key, null);
            }
        }

        return true;
    }

    private void Arrive(Guid asset, TagKey key)
    {
        if (_atSource[key] is { } tag && key.Source != asset && graph.IsActive(asset) && !tag.Equals(Held(asset, key)))
        {
            Set(asset, key, tag);
        }
    }

    private void Doubt(Guid asset, TagKey key)
    {
        if (key.Source != asset && graph.IsActive(asset))
        {
            _doubtful.Add(new Carried(asset, key));
        }
    }

    private void Set(Guid asset, TagKey key, AssetTag? tag)
    {
        var carried = new Carried(asset, key);
        _after[carried] = tag;
        if (tag is null || !_stopsAtGains)
        {
            _departing.Add(carried);
        }
    }

    private bool Has(Guid asset, TagKey key) => asset == key.Source ? _atSource[key] is not null : Held(asset, key) is not null;

    private AssetTag? Held(Guid asset, TagKey key) =>
        _after.TryGetValue(new Carried(asset, key), out var tag) ? tag : graph.Find(asset, key);
}
