using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>A constraint of an attribute definition, for example <c>inverseRef</c>.</summary>
public sealed record ConstraintDef
{
    /// <summary>The constraint's kind.</summary>
    public required string Type { get; init; }

    /// <summary>Its parameters, or null when it takes none.</summary>
    public ImmutableSortedDictionary<string, string?>? Params { get; init; }
}
