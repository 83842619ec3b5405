using Cartulary.Core.Assets;
using Cartulary.Core.Tags;

namespace Cartulary.Core.Tests.Tags;

/// <summary>What a walk may see of a small world: only what it has loaded.</summary>
internal sealed class SmallGraph(SmallWorld world, int bound = int.MaxValue) : ITagGraph
{
    private readonly HashSet<Guid> _out = [];
    private readonly HashSet<Guid> _in = [];

    /// <summary>How many assets were looked at.</summary>
    public int Loaded { get; private set; }

    public ValueTask<bool> LoadOutAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken) => new(Load(_out, assets));

    public ValueTask<bool> LoadInAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken) => new(Load(_in, assets));

    public IReadOnlyList<TagWay> Out(Guid asset) =>
        _out.Contains(asset) ? [.. world.Ways.Where(way => way.From == asset)] : throw new InvalidOperationException("The ways out are not loaded.");

    public IReadOnlyList<TagWay> In(Guid asset) =>
        _in.Contains(asset) ? [.. world.Ways.Where(way => way.To == asset)] : throw new InvalidOperationException("The ways in are not loaded.");

    public bool IsActive(Guid asset) => world.Active[asset];

    public AssetTag? Find(Guid asset, TagKey key) => world.Tags[asset].GetValueOrDefault(key);

    private bool Load(HashSet<Guid> loaded, IReadOnlyCollection<Guid> assets)
    {
        loaded.UnionWith(assets);
        Loaded += assets.Count;
        return Loaded <= bound;
    }
}
