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
    string Path);
