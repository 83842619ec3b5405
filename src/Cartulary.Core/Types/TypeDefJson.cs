using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cartulary.Core.Types;

/// <summary>
/// The JSON form of type definitions, as in the Apache Atlas REST API: camel case, nulls left out, enums in upper snake case.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(UpperSnakeEnumConverter<TypeCategory>),
        typeof(UpperSnakeEnumConverter<Cardinality>),
        typeof(UpperSnakeEnumConverter<RelationshipCategory>),
        typeof(UpperSnakeEnumConverter<TagPropagation>),
    ])]
[JsonSerializable(typeof(TypesDef))]
[JsonSerializable(typeof(EnumDef))]
[JsonSerializable(typeof(StructDef))]
[JsonSerializable(typeof(ClassificationDef))]
[JsonSerializable(typeof(EntityDef))]
[JsonSerializable(typeof(RelationshipDef))]
[JsonSerializable(typeof(BusinessMetadataDef))]
[JsonSerializable(typeof(ImmutableArray<string>))]
public sealed partial class TypeDefJson : JsonSerializerContext
{
    /// <summary>Writes one definition as UTF-8 JSON.</summary>
    public static byte[] Serialize(TypeDef definition) => definition switch
    {
        EnumDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.EnumDef),
        StructDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.StructDef),
        ClassificationDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.ClassificationDef),
        EntityDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.EntityDef),
        RelationshipDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.RelationshipDef),
        BusinessMetadataDef value => JsonSerializer.SerializeToUtf8Bytes(value, Default.BusinessMetadataDef),
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition.Category, "No JSON form for this category."),
    };

    /// <summary>Reads one definition of a known category from UTF-8 JSON.</summary>
    /// <exception cref="JsonException">The text is not a definition of that category.</exception>
    public static TypeDef Deserialize(TypeCategory category, ReadOnlySpan<byte> json) => (category switch
    {
        Types.TypeCategory.Enum => (TypeDef?)JsonSerializer.Deserialize(json, Default.EnumDef),
        Types.TypeCategory.Struct => JsonSerializer.Deserialize(json, Default.StructDef),
        Types.TypeCategory.Classification => JsonSerializer.Deserialize(json, Default.ClassificationDef),
        Types.TypeCategory.Entity => JsonSerializer.Deserialize(json, Default.EntityDef),
        Types.TypeCategory.Relationship => JsonSerializer.Deserialize(json, Default.RelationshipDef),
        Types.TypeCategory.BusinessMetadata => JsonSerializer.Deserialize(json, Default.BusinessMetadataDef),
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No JSON form for this category."),
    }) ?? throw new JsonException("A type definition may not be null.");
}

/// <summary>Writes enum members as ONE_TO_TWO and the like; a converter of its own because the policy differs from property names.</summary>
internal sealed class UpperSnakeEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;
