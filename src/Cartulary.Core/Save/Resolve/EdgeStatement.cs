using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>What a request says about one relationship attribute of one asset.</summary>
internal sealed record EdgeStatement(BatchAsset Subject, EndAttribute End, EdgeMode Mode, ImmutableArray<EdgeTarget> Targets, string Path);

/// <summary>A member of a relationship attribute; the edge's own attributes are still JSON, null when nothing is said of them.</summary>
internal sealed record EdgeTarget(BatchAsset Asset, ReadOnlyMemory<byte>? Attributes, string Path);
