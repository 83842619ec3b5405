using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>What a request says of one asset, in canonical values; null for a cleared attribute, null members for nothing said.</summary>
internal sealed record NormalizedAsset(
    BatchAsset Asset,
    IReadOnlyDictionary<AssetAttribute, CanonicalValue?> Attributes,
    ImmutableArray<string>? Labels,
    ImmutableSortedDictionary<string, string>? CustomAttributes,
    string Path)
{
    /// <summary>What is said of its custom metadata, in payload order.</summary>
    public ImmutableArray<NormalizedMetadata> CustomMetadata { get; init; } = [];

    /// <summary>Whether the actor stars it or takes the star back; null for nothing said.</summary>
    public bool? Starred { get; init; }
}
