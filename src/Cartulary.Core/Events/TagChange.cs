using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>A change of one tag of an asset.</summary>
/// <param name="Before">The tag before; null when it was not there.</param>
/// <param name="After">The tag after; null when it is not there any more.</param>
public sealed record TagChange(AssetTag? Before, AssetTag? After)
{
    /// <summary>Which of the asset's tags it is.</summary>
    public TagKey Key => (After ?? Before!).Key;

    /// <summary>The kind of event that tells it.</summary>
    public EventKind Kind => Before is null ? EventKind.ClassificationAdd : After is null ? EventKind.ClassificationDelete : EventKind.ClassificationUpdate;
}
