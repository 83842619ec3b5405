using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>What a request says of custom metadata of one asset: first what it clears, then what it sets; null clears one attribute.</summary>
internal sealed record NormalizedMetadata(
    bool ClearsAll, ImmutableArray<BusinessMetadataType> ClearedSets, IReadOnlyDictionary<BusinessAttribute, CanonicalValue?> Values);
