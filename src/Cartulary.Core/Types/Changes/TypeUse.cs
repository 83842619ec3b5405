using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>Something that must not be stored for a change of types to be allowed.</summary>
/// <param name="Problem">What is wrong when it is.</param>
internal abstract record TypeUse(Problem Problem)
{
    /// <summary>An asset of a type, or an edge.</summary>
    public sealed record OfType(int TypeId, Problem Problem) : TypeUse(Problem);

    /// <summary>A value of one of these attributes; when there are texts, one that holds one of them.</summary>
    public sealed record OfAttributes(ImmutableHashSet<int> AttributeIds, ImmutableHashSet<string>? Texts, Problem Problem) : TypeUse(Problem);
}
