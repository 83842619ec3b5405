using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>
/// The assets and the edges that pass tags on, as they are after everything a request says and before tags have been passed
/// on. What is asked of an asset must have been loaded; a load takes many assets and costs a constant number of reads.
/// </summary>
internal interface ITagGraph
{
    /// <summary>Loads the ways out of assets, and the assets they lead to.</summary>
    /// <returns>False when that is more than may be looked at.</returns>
    ValueTask<bool> LoadOutAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken);

    /// <summary>Loads the ways into assets, and the assets they come from.</summary>
    /// <returns>False when that is more than may be looked at.</returns>
    ValueTask<bool> LoadInAsync(IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken);

    /// <summary>The ways out of a loaded asset.</summary>
    IReadOnlyList<TagWay> Out(Guid asset);

    /// <summary>The ways into a loaded asset.</summary>
    IReadOnlyList<TagWay> In(Guid asset);

    /// <summary>Whether a loaded asset is in use.</summary>
    bool IsActive(Guid asset);

    /// <summary>A tag of a loaded asset, or null.</summary>
    AssetTag? Find(Guid asset, TagKey key);
}
