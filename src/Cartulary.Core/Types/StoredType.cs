using System.Collections.Immutable;
using System.Globalization;

namespace Cartulary.Core.Types;

/// <summary>
/// A type definition as a store keeps it: with the numbers that stand for it and its attributes in stored values. A removed
/// one is kept, so that its numbers are not used again and what was stored with them can still be read.
/// </summary>
/// <param name="Id">The type's number.</param>
/// <param name="Definition">The definition as saved.</param>
/// <param name="AttributeIds">The number of each attribute the definition declares, by name.</param>
public sealed record StoredType(int Id, TypeDef Definition, ImmutableSortedDictionary<string, int> AttributeIds)
{
    /// <summary>True when the definition is kept for what was stored with it only.</summary>
    public bool IsRemoved => Definition.RemoveTime is not null;

    /// <summary>The name under which a store keeps it, unique among all: a removed one has no claim on its own any more.</summary>
    public string UniqueName => IsRemoved ? string.Create(CultureInfo.InvariantCulture, $"{Definition.Name} #{Id}") : Definition.Name;
}
