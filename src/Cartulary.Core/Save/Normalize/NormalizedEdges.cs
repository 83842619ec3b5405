using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>An edge statement whose members' own attributes are canonical.</summary>
internal sealed record NormalizedEdges(BatchAsset Subject, EndAttribute End, EdgeMode Mode, ImmutableArray<NormalizedTarget> Targets, string Path);

/// <summary>A member; null attributes mean that nothing is said of them, a null value clears one.</summary>
internal sealed record NormalizedTarget(BatchAsset Asset, IReadOnlyDictionary<AssetAttribute, CanonicalValue?>? Attributes, string Path);
