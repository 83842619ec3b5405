using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>A type definition as a store keeps it: with the numbers that stand for it and its attributes in stored values.</summary>
/// <param name="Id">The type's number.</param>
/// <param name="Definition">The definition as saved.</param>
/// <param name="AttributeIds">The number of each attribute the definition declares, by name.</param>
public sealed record StoredType(int Id, TypeDef Definition, ImmutableSortedDictionary<string, int> AttributeIds);
