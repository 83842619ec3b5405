using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>A definition of a type of edge between two assets.</summary>
public sealed record RelationshipDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.Relationship;

    /// <summary>ASSOCIATION, AGGREGATION or COMPOSITION.</summary>
    public RelationshipCategory RelationshipCategory { get; init; }

    /// <summary>Recorded for clients; null when not given.</summary>
    public string? RelationshipLabel { get; init; }

    /// <summary>Along which direction tags travel.</summary>
    public TagPropagation PropagateTags { get; init; }

    /// <summary>The first end.</summary>
    public required RelationshipEndDef EndDef1 { get; init; }

    /// <summary>The second end.</summary>
    public required RelationshipEndDef EndDef2 { get; init; }

    /// <summary>Attributes that each edge may carry.</summary>
    public ImmutableArray<AttributeDef> AttributeDefs { get => field.IsDefault ? [] : field; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<AttributeDef> OwnAttributes => AttributeDefs;
}
