using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>A definition of a tag. Its name may be one that the server made up; the display name is the one for people.</summary>
public sealed record ClassificationDef : TypeDef
{
    /// <inheritdoc/>
    public override TypeCategory Category => TypeCategory.Classification;

    /// <summary>Name shown to people, where it differs from <see cref="TypeDef.Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Direct supertypes by name: an asset with the tag is found by theirs too.</summary>
    public ImmutableArray<string> SuperTypes { get => field.IsDefault ? [] : field; init; }

    /// <summary>Direct subtypes by name; filled in answers, ignored in requests.</summary>
    public ImmutableArray<string>? SubTypes { get; init; }

    /// <summary>The asset types that may have the tag, subtypes included; empty for those of the supertypes, or all.</summary>
    public ImmutableArray<string> EntityTypes { get => field.IsDefault ? [] : field; init; }

    /// <summary>The attributes that an attachment of the tag may carry.</summary>
    public ImmutableArray<AttributeDef> AttributeDefs { get => field.IsDefault ? [] : field; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImmutableArray<AttributeDef> OwnAttributes => AttributeDefs;
}
