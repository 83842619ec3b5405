namespace Cartulary.Core.Types;

/// <summary>Resolved types, by category.</summary>
/// <param name="Entities">The asset types.</param>
/// <param name="Relationships">The relationship types.</param>
/// <param name="Structs">The structs.</param>
/// <param name="Classifications">The tags.</param>
/// <param name="BusinessMetadata">The sets of custom metadata.</param>
/// <param name="Declared">The attributes that asset types and tags declare, each once.</param>
internal sealed record ResolvedTypes(
    IReadOnlyCollection<EntityType> Entities,
    IReadOnlyCollection<RelationshipType> Relationships,
    IReadOnlyCollection<StructType> Structs,
    IReadOnlyCollection<ClassificationType> Classifications,
    IReadOnlyCollection<BusinessMetadataType> BusinessMetadata,
    IReadOnlyCollection<AssetAttribute> Declared)
{
    /// <summary>Every attribute, once.</summary>
    public IEnumerable<AssetAttribute> Attributes =>
    [
        .. Declared,
        .. Structs.SelectMany(type => type.Attributes),
        .. Relationships.SelectMany(type => type.Attributes),
        .. BusinessMetadata.SelectMany(type => type.Attributes).Select(attribute => attribute.Attribute),
    ];
}
