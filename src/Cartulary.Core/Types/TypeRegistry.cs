using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>
/// An immutable snapshot of all type definitions, resolved. A change of types makes a new snapshot with a higher version;
/// a save is planned against exactly one.
/// </summary>
public sealed class TypeRegistry
{
    private readonly FrozenDictionary<string, EntityType> _entities;
    private readonly FrozenDictionary<int, EntityType> _entitiesById;
    private readonly FrozenDictionary<int, RelationshipType> _relationshipsById;
    private readonly FrozenDictionary<int, StructType> _structsById;
    private readonly TypeIndex<ClassificationType> _classifications;
    private readonly TypeIndex<BusinessMetadataType> _businessMetadata;
    private readonly FrozenDictionary<int, AssetAttribute> _attributesById;
    private readonly FrozenDictionary<string, StoredType> _stored;

    internal TypeRegistry(
        long version,
        IReadOnlyCollection<StoredType> stored,
        IReadOnlyCollection<EntityType> entities,
        IReadOnlyCollection<RelationshipType> relationships,
        IReadOnlyCollection<StructType> structs,
        IReadOnlyCollection<ClassificationType> classifications,
        IReadOnlyCollection<BusinessMetadataType> businessMetadata,
        CatalogSettings settings)
    {
        Version = version;
        Settings = settings;
        Stored = [.. stored.OrderBy(type => type.Id)];
        _stored = stored.ToFrozenDictionary(type => type.Definition.Name, StringComparer.Ordinal);
        _entities = entities.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _entitiesById = entities.ToFrozenDictionary(type => type.Id);
        _relationshipsById = relationships.ToFrozenDictionary(type => type.Id);
        _structsById = structs.ToFrozenDictionary(type => type.Id);
        _classifications = new TypeIndex<ClassificationType>(classifications, type => type.Id, type => type.Name, type => type.DisplayName);
        _businessMetadata = new TypeIndex<BusinessMetadataType>(businessMetadata, type => type.Id, type => type.Name, type => type.DisplayName);
        _attributesById = entities.SelectMany(type => type.Attributes)
            .Concat(structs.SelectMany(type => type.Attributes))
            .Concat(relationships.SelectMany(type => type.Attributes))
            .Concat(classifications.SelectMany(type => type.Attributes))
            .Concat(businessMetadata.SelectMany(type => type.Attributes.Select(attribute => attribute.Attribute)))
            .DistinctBy(attribute => attribute.Id)
            .ToFrozenDictionary(attribute => attribute.Id);
        IgnoredAttributeIds = entities.SelectMany(type => settings.IgnoredAttributes.Select(type.Attribute).OfType<AssetAttribute>())
            .Select(attribute => attribute.Id)
            .ToFrozenSet();
        Names = new NameTable(_attributesById.Values.Select(attribute => attribute.Name)
            .Concat(relationships.SelectMany(type => new[] { type.End1.Name, type.End2.Name, type.Name }))
            .Concat(_entities.Keys)
            .Concat(classifications.Select(type => type.Name))
            .Concat(businessMetadata.Select(type => type.Name)));
    }

    /// <summary>Rises with every change of types or settings.</summary>
    public long Version { get; }

    /// <summary>The catalog's settings.</summary>
    public CatalogSettings Settings { get; }

    /// <summary>The attributes that alone never make a save a change.</summary>
    public FrozenSet<int> IgnoredAttributeIds { get; }

    /// <summary>All definitions with their numbers, by number.</summary>
    public ImmutableArray<StoredType> Stored { get; }

    /// <summary>All names of types, attributes and ends.</summary>
    public NameTable Names { get; }

    /// <summary>All asset types.</summary>
    public IEnumerable<EntityType> Entities => _entities.Values;

    /// <summary>All tags.</summary>
    public ImmutableArray<ClassificationType> Classifications => _classifications.All;

    /// <summary>All sets of custom metadata.</summary>
    public ImmutableArray<BusinessMetadataType> BusinessMetadataSets => _businessMetadata.All;

    /// <summary>The asset type of that name, or null.</summary>
    public EntityType? FindEntity(string name) => _entities.GetValueOrDefault(name);

    /// <summary>The tag of that name, or null.</summary>
    public ClassificationType? FindClassification(string name) => _classifications.Named(name);

    /// <summary>The tag that people know by that name, or null; of several, the one defined first.</summary>
    public ClassificationType? FindClassificationDisplayed(string displayName) => _classifications.Displayed(displayName);

    /// <summary>The set of custom metadata of that name, or null.</summary>
    public BusinessMetadataType? FindBusinessMetadata(string name) => _businessMetadata.Named(name);

    /// <summary>The set of custom metadata that people know by that name, or null; of several, the one defined first.</summary>
    public BusinessMetadataType? FindBusinessMetadataDisplayed(string displayName) => _businessMetadata.Displayed(displayName);

    /// <summary>The definition of that name, of any category, or null.</summary>
    public StoredType? FindDefinition(string name) => _stored.GetValueOrDefault(name);

    /// <summary>The asset type with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no type: the store and the registry do not belong together.</exception>
    public EntityType Entity(int id) => _entitiesById[id];

    /// <summary>The relationship type with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no type: the store and the registry do not belong together.</exception>
    public RelationshipType Relationship(int id) => _relationshipsById[id];

    /// <summary>The struct type with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no type: the store and the registry do not belong together.</exception>
    public StructType Struct(int id) => _structsById[id];

    /// <summary>The tag with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no tag: the store and the registry do not belong together.</exception>
    public ClassificationType Classification(int id) => _classifications.WithId(id);

    /// <summary>The set of custom metadata with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no set: the store and the registry do not belong together.</exception>
    public BusinessMetadataType BusinessMetadata(int id) => _businessMetadata.WithId(id);

    /// <summary>The attribute with that number.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no attribute: the store and the registry do not belong together.</exception>
    public AssetAttribute Attribute(int id) => _attributesById[id];
}
