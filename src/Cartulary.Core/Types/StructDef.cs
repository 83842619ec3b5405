using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>A struct definition: a value made of named attributes.</summary>
public sealed record StructDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.Struct;

    /// <summary>The attributes, in declared order.</summary>
    public ImmutableArray<AttributeDef> AttributeDefs { get => field.IsDefault ? [] : field; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<AttributeDef> OwnAttributes => AttributeDefs;
}
