using System.Collections.Immutable;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Normalize;

/// <summary>A resolved request whose every value is canonical for the stored type.</summary>
internal sealed record NormalizedBatch(ResolvedBatch Resolved, ImmutableArray<NormalizedAsset> Assets, ImmutableArray<NormalizedEdges> Edges)
{
    /// <summary>What is said of tags, in payload order.</summary>
    public ImmutableArray<NormalizedTags> Tags { get; init; } = [];
}
