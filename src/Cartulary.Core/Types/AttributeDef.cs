using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>One attribute as a typedef declares it; field names follow the Apache Atlas typedef JSON.</summary>
public sealed record AttributeDef
{
    /// <summary>The attribute's name, unique within its type and all supertypes.</summary>
    public required string Name { get; init; }

    /// <summary>A primitive, an enum, a struct, <c>array&lt;T&gt;</c> or <c>map&lt;K,V&gt;</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>False when a create must give a value.</summary>
    public bool IsOptional { get; init; }

    /// <summary>SINGLE, or LIST/SET for arrays; an array of primitives or enums is always treated as a set.</summary>
    public Cardinality Cardinality { get; init; }

    /// <summary>Smallest number of values; null when not limited.</summary>
    public int? ValuesMinCount { get; init; }

    /// <summary>Largest number of values; null when not limited.</summary>
    public int? ValuesMaxCount { get; init; }

    /// <summary>True when at most one asset of a type may hold a given value; such values identify assets.</summary>
    public bool IsUnique { get; init; }

    /// <summary>True when search is expected to find assets by this attribute.</summary>
    public bool IsIndexable { get; init; }

    /// <summary>True when the value is part of <c>entity.attributes</c> in every event of the asset.</summary>
    public bool IncludeInNotification { get; init; }

    /// <summary>Recorded for clients; has no effect here.</summary>
    public bool SkipScrubbing { get; init; }

    /// <summary>The value, as text, that an absent or cleared attribute takes; null for none.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Weight in full text search; null when not set.</summary>
    public int? SearchWeight { get; init; }

    /// <summary>DEFAULT or STRING, recorded for search; null when not set.</summary>
    public string? IndexType { get; init; }

    /// <summary>Constraints such as ownedRef and inverseRef; null when there are none.</summary>
    public ImmutableArray<ConstraintDef>? Constraints { get; init; }

    /// <summary>Free options, text to text; null when there are none.</summary>
    public ImmutableSortedDictionary<string, string?>? Options { get; init; }

    /// <summary>Name shown to people, where it differs from <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>True when the absence of a number is to be kept apart from zero; recorded for clients.</summary>
    public bool IsDefaultValueNull { get; init; }

    /// <summary>Index settings of search engines, recorded for clients.</summary>
    public ImmutableSortedDictionary<string, string?>? IndexTypeESConfig { get; init; }

    /// <summary>Index sub-fields of search engines, recorded for clients.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string?>>? IndexTypeESFields { get; init; }

    /// <summary>Index mapping of search engines, recorded for clients.</summary>
    public ImmutableSortedDictionary<string, string?>? IndexTypeESMapping { get; init; }

    /// <summary>
    /// Companions stamped when this attribute changes to a value: key <c>user</c> lists attributes that take the
    /// acting principal, key <c>timestamp</c> those that take the commit time.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? AutoUpdateAttributes { get; init; }
}
