using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>
/// Sees which of the gains that a look has found may still be stored: the ways that led to them may have ended since, without
/// anybody having known that they would matter.
/// </summary>
/// <param name="graph">The catalog as it is now.</param>
/// <param name="key">The tag.</param>
/// <param name="atSource">How it is now at its source; null when it is there no more.</param>
/// <param name="changes">What is about to be stored.</param>
internal sealed class GainCheck(ITagGraph graph, TagKey key, AssetTag? atSource, IReadOnlyDictionary<Guid, AssetTag?> changes)
{
    private readonly HashSet<Guid> _held = [];

    /// <summary>
    /// The assets that gain the tag as it is at its source, and that assets lead to which have it then. Assets of one commit may
    /// lead to each other, but not in a circle that nothing else leads to.
    /// </summary>
    public async ValueTask<IReadOnlySet<Guid>> FindAsync(CancellationToken cancellationToken)
    {
        var open = changes.Where(change => change.Value is { Propagate: true } tag && tag.Equals(atSource)).Select(change => change.Key).ToList();
        await graph.LoadInAsync(open, cancellationToken);
        while (open.RemoveAll(IsLedTo) > 0)
        {
        }

        return _held;
    }

    private bool IsLedTo(Guid asset) =>
        graph.In(asset).Any(way => atSource!.Takes(way.Path) && atSource!.Leaves(way.From, graph.IsActive(way.From)) && HasThen(way.From))
        && _held.Add(asset);

    private bool HasThen(Guid asset) =>
        asset == key.Source || _held.Contains(asset)
        || (!(changes.TryGetValue(asset, out var after) && after is null) && graph.Find(asset, key) is not null);
}
