using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>A definition of a type of asset.</summary>
public sealed record EntityDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.Entity;

    /// <summary>Direct supertypes by name; a type has all attributes of all of them.</summary>
    public ImmutableArray<string> SuperTypes { get => field.IsDefault ? [] : field; init; }

    /// <summary>Direct subtypes by name; filled in answers, ignored in requests.</summary>
    public ImmutableArray<string>? SubTypes { get; init; }

    /// <summary>The attributes declared by this type itself.</summary>
    public ImmutableArray<AttributeDef> AttributeDefs { get => field.IsDefault ? [] : field; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<AttributeDef> OwnAttributes => AttributeDefs;

    /// <summary>The relationship attributes the type has; filled in answers, ignored in requests.</summary>
    public ImmutableArray<RelationshipAttributeDef>? RelationshipAttributeDefs { get; init; }

    /// <summary>The custom metadata that assets of the type may have, by the name of the set; filled in answers, ignored in requests.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<AttributeDef>>? BusinessAttributeDefs { get; init; }
}
