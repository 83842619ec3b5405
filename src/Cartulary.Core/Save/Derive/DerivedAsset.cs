using Cartulary.Core.Assets;
using Cartulary.Core.Save.Derive.Rules;

namespace Cartulary.Core.Save.Derive;

/// <summary>An asset with its state after the save.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="State">Its state; equal to the stored one when nothing of it changes.</param>
/// <param name="StampedAttributes">Attributes whose value in <paramref name="State"/> is a date that the commit gives.</param>
/// <param name="Path">Where the request lists it; empty for one that it does not list.</param>
internal sealed record DerivedAsset(BatchAsset Asset, AssetState State, IReadOnlySet<int> StampedAttributes, string Path)
{
    /// <summary>The keys that it holds among its siblings.</summary>
    public SiblingKeys SiblingKeys { get; init; } = SiblingKeys.None;
}
