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
    private readonly FrozenDictionary<string, RelationshipType> _relationships;
    private readonly FrozenDictionary<int, RelationshipType> _relationshipsById;
    private readonly FrozenDictionary<int, StructType> _structsById;
    private readonly TypeIndex<ClassificationType> _classifications;
    private readonly TypeIndex<BusinessMetadataType> _businessMetadata;
    private readonly FrozenDictionary<int, AssetAttribute> _attributesById;
    private readonly FrozenDictionary<string, StoredType> _stored;
    private readonly FrozenDictionary<int, StoredType> _storedById;

    internal TypeRegistry(long version, IReadOnlyCollection<StoredType> stored, ResolvedTypes resolved, ResolvedTypes removed, CatalogSettings settings)
    {
        Version = version;
        Settings = settings;
        Stored = [.. stored.Where(type => !type.IsRemoved).OrderBy(type => type.Id)];
        Removed = [.. stored.Where(type => type.IsRemoved).OrderBy(type => type.Id)];
        _stored = Stored.ToFrozenDictionary(type => type.Definition.Name, StringComparer.Ordinal);
        _storedById = stored.ToFrozenDictionary(type => type.Id);
        _entities = resolved.Entities.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _relationships = resolved.Relationships.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _entitiesById = resolved.Entities.Concat(removed.Entities).ToFrozenDictionary(type => type.Id);
        _relationshipsById = resolved.Relationships.Concat(removed.Relationships).ToFrozenDictionary(type => type.Id);
        _structsById = resolved.Structs.Concat(removed.Structs).ToFrozenDictionary(type => type.Id);
        _classifications = new TypeIndex<ClassificationType>(
            resolved.Classifications, removed.Classifications, type => type.Id, type => type.Name, type => type.DisplayName);
        _businessMetadata = new TypeIndex<BusinessMetadataType>(
            resolved.BusinessMetadata, removed.BusinessMetadata, type => type.Id, type => type.Name, type => type.DisplayName);
        _attributesById = resolved.Attributes.Concat(removed.Attributes).DistinctBy(attribute => attribute.Id).ToFrozenDictionary(attribute => attribute.Id);
        IgnoredAttributeIds = resolved.Declared.Where(attribute => settings.IgnoredAttributes.Contains(attribute.Name, StringComparer.Ordinal))
            .Select(attribute => attribute.Id)
            .ToFrozenSet();
        Names = new NameTable(resolved.Attributes.Select(attribute => attribute.Name)
            .Concat(resolved.Relationships.SelectMany(type => new[] { type.End1.Name, type.End2.Name, type.Name }))
            .Concat(_entities.Keys)
            .Concat(resolved.Classifications.Select(type => type.Name))
            .Concat(resolved.BusinessMetadata.Select(type => type.Name)));
    }

    /// <summary>Rises with every change of types or settings.</summary>
    public long Version { get; }

    /// <summary>The catalog's settings.</summary>
    public CatalogSettings Settings { get; }

    /// <summary>The attributes that alone never make a save a change.</summary>
    public FrozenSet<int> IgnoredAttributeIds { get; }

    /// <summary>All definitions in use with their numbers, by number.</summary>
    public ImmutableArray<StoredType> Stored { get; }

    /// <summary>The definitions that were removed, by number. They have no names any more; their numbers still mean them.</summary>
    public ImmutableArray<StoredType> Removed { get; }

    /// <summary>All names of types, attributes and ends in use.</summary>
    public NameTable Names { get; }

    /// <summary>All asset types.</summary>
    public IEnumerable<EntityType> Entities => _entities.Values;

    /// <summary>All tags.</summary>
    public ImmutableArray<ClassificationType> Classifications => _classifications.All;

    /// <summary>All sets of custom metadata.</summary>
    public ImmutableArray<BusinessMetadataType> BusinessMetadataSets => _businessMetadata.All;

    /// <summary>The asset type of that name, or null.</summary>
    public EntityType? FindEntity(string name) => _entities.GetValueOrDefault(name);

    /// <summary>The relationship type of that name, or null.</summary>
    public RelationshipType? FindRelationship(string name) => _relationships.GetValueOrDefault(name);

    /// <summary>The tag with that number, or null.</summary>
    public ClassificationType? FindClassification(int id) => _classifications.Find(id);

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

    /// <summary>The definition with that number, of any category.</summary>
    /// <exception cref="KeyNotFoundException">A stored number has no type: the store and the registry do not belong together.</exception>
    public StoredType Definition(int id) => _storedById[id];

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
