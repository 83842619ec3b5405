namespace Cartulary.Core.Types;

/// <summary>Resolved types, by category.</summary>
internal sealed record ResolvedTypes(
    IReadOnlyCollection<EntityType> Entities,
    IReadOnlyCollection<RelationshipType> Relationships,
    IReadOnlyCollection<StructType> Structs,
    IReadOnlyCollection<ClassificationType> Classifications,
    IReadOnlyCollection<BusinessMetadataType> BusinessMetadata)
{
    /// <summary>Every attribute, those that types share once for each.</summary>
    public IEnumerable<AssetAttribute> Attributes =>
    [
        .. Entities.SelectMany(type => type.Attributes),
        .. Structs.SelectMany(type => type.Attributes),
        .. Relationships.SelectMany(type => type.Attributes),
        .. Classifications.SelectMany(type => type.Attributes),
        .. BusinessMetadata.SelectMany(type => type.Attributes).Select(attribute => attribute.Attribute),
    ];
}
