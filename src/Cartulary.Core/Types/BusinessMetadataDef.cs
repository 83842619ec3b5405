using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>
/// A definition of a set of custom metadata. Its name and those of its attributes may be ones that the server made up; the
/// display names are those for people. What an attribute's options say, <see cref="BusinessAttribute"/> reads.
/// </summary>
public sealed record BusinessMetadataDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.BusinessMetadata;

    /// <summary>Name shown to people, where it differs from <see cref="TypeDef.Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The attributes of the set.</summary>
    public ImmutableArray<AttributeDef> AttributeDefs { get => field.IsDefault ? [] : field; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<AttributeDef> OwnAttributes => AttributeDefs;
}
