using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>What a request does with tags of one asset.</summary>
internal sealed record NormalizedTags(BatchAsset Asset, TagAction Action, ImmutableArray<NormalizedTag> Tags, string Path, string? RequestGuid);

/// <summary>
/// What is said of one tag; null for nothing said. <paramref name="Source"/> is the asset that was tagged, where another one than
/// the asset itself is named.
/// </summary>
internal sealed record NormalizedTag(
    ClassificationType Type,
    Guid? Source,
    TagFlags Flags,
    IReadOnlyDictionary<AssetAttribute, CanonicalValue?>? Attributes,
    ImmutableArray<TagValidity>? ValidityPeriods,
    string Path);

/// <summary>What is said of how a tag is passed on; null for nothing said.</summary>
internal sealed record TagFlags(
    bool? Propagate, bool? RemovePropagationsOnEntityDelete, bool? RestrictPropagationThroughLineage, bool? RestrictPropagationThroughHierarchy);
