using Cartulary.Core.Types;

namespace Cartulary.Core.Assets;

/// <summary>An asset as committed.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Guid">Its public id.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Status">In use or archived.</param>
/// <param name="Version">Rises by one with every save that changes the asset, its edges included.</param>
/// <param name="Created">The commit that created it.</param>
/// <param name="Updated">The commit that changed it last.</param>
/// <param name="State">Its own state.</param>
public sealed record StoredAsset(
    AssetId Id,
    Guid Guid,
    int TypeId,
    AssetStatus Status,
    long Version,
    CommitStamp Created,
    CommitStamp Updated,
    AssetState State)
{
    /// <summary>The text value of an attribute, or null.</summary>
    public string? Text(AssetAttribute? attribute) => attribute is null ? null : State.Find(attribute.Id)?.AsText();
}
