using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>What is told of the assets on a page.</summary>
/// <param name="Attributes">Names of attributes, of relationship attributes, and of custom metadata as <c>SET.ATTRIBUTE</c>; the name and the qualified name are always told.</param>
/// <param name="RelationAttributes">Names of attributes that are told of related assets.</param>
public sealed record PageWish(ImmutableArray<string> Attributes, ImmutableArray<string> RelationAttributes)
{
    /// <summary>Whether terms are told.</summary>
    public bool WithMeanings { get; init; } = true;

    /// <summary>Whether edges to archived assets, and of archived ones, are told.</summary>
    public bool WithSuspendedEdges { get; init; }

    /// <summary>Names only.</summary>
    public static PageWish Default { get; } = new([], []);
}
