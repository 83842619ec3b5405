using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>A place from which a change may spread.</summary>
/// <param name="Kind">What has happened there.</param>
/// <param name="Place">The asset and the tag.</param>
/// <param name="Tag">The tag as one of the assets concerned has it; null when it is about to go.</param>
internal readonly record struct TagSeed(TagSeedKind Kind, Carried Place, AssetTag? Tag);

/// <summary>What has happened at a place.</summary>
internal enum TagSeedKind
{
    /// <summary>A way by which the asset gets the tag is there now.</summary>
    Arrival,

    /// <summary>A way by which it had the tag is gone.</summary>
    Doubt,

    /// <summary>It is the tag's source, and was tagged, untagged or tagged otherwise.</summary>
    Departure,

    /// <summary>It was archived with the tag, and comes back.</summary>
    Return,
}
