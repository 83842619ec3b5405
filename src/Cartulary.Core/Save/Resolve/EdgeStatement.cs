using System.Collections.Immutable;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>What a request says about one relationship attribute of one asset.</summary>
internal sealed record EdgeStatement(BatchAsset Subject, EndAttribute End, EdgeMode Mode, ImmutableArray<EdgeTarget> Targets, string Path)
{
    /// <summary>What the request does with the relationship, where it is about that alone; otherwise null.</summary>
    public EdgeAction? Call { get; init; }
}

/// <summary>A member of a relationship attribute; the edge's own attributes are still JSON, null when nothing is said of them.</summary>
internal sealed record EdgeTarget(BatchAsset Asset, ReadOnlyMemory<byte>? Attributes, string Path);
