using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Resolves saved definitions into a <see cref="TypeRegistry"/>.</summary>
public sealed class TypeRegistryBuilder
{
    private readonly List<StoredType> _stored;
    private readonly Dictionary<string, StoredType> _byName;
    private readonly Dictionary<string, EnumType> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StructType> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityType> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<AssetAttribute>> _declared = new(StringComparer.Ordinal);

    private TypeRegistryBuilder(IReadOnlyCollection<StoredType> stored)
    {
        _stored = [.. stored.Where(type => !type.IsRemoved)];
        _byName = new Dictionary<string, StoredType>(_stored.Count, StringComparer.Ordinal);
        foreach (var type in _stored)
        {
            if (!_byName.TryAdd(type.Definition.Name, type))
            {
                throw new InvalidTypeException($"Type {type.Definition.Name} is defined twice.");
            }
        }
    }

    /// <summary>Builds the snapshot of a version.</summary>
    /// <exception cref="InvalidTypeException">The definitions do not fit together.</exception>
    public static TypeRegistry Build(long version, IReadOnlyCollection<StoredType> stored, CatalogSettings? settings = null)
    {
        var builder = new TypeRegistryBuilder(stored);
        builder.BuildValueTypes();
        builder.BuildEntities();
        var relationships = builder.BuildRelationships();
        builder.CompleteEntities(relationships);
        var resolved = new ResolvedTypes(
            [.. builder._entities.Values], relationships, [.. builder._structs.Values], builder.BuildClassifications(), builder.BuildBusinessMetadata(), [.. builder._declared.Values.SelectMany(attributes => attributes)]);
        return new TypeRegistry(version, stored, resolved, RemovedTypes.Resolve(stored, builder._enums, builder._structs), settings ?? CatalogSettings.Default);
    }

    private void BuildValueTypes()
    {
        foreach (var type in _stored)
        {
            if (type.Definition is EnumDef enumDef)
            {
                _enums.Add(enumDef.Name, new EnumType(enumDef));
            }
            else if (type.Definition is StructDef structDef)
            {
                _structs.Add(structDef.Name, new StructType(type.Id, structDef));
            }
        }

        foreach (var type in _stored)
        {
            if (type.Definition is StructDef structDef)
            {
                _structs[structDef.Name].Complete(Resolve(type, structDef.AttributeDefs));
            }
        }
    }

    private void BuildEntities()
    {
        foreach (var type in _stored)
        {
            if (type.Definition is EntityDef definition)
            {
                var superTypes = SuperTypesOf(definition.Name, name => RequireEntity(name, definition.Name).SuperTypes);
                _entities.Add(definition.Name, new EntityType(type.Id, definition, superTypes, [.. superTypes.Reverse().Append(definition.Name).Select(DeclaredBy)]));
            }
        }
    }

    private List<RelationshipType> BuildRelationships()
    {
        var relationships = new List<RelationshipType>();
        foreach (var type in _stored)
        {
            if (type.Definition is RelationshipDef definition)
            {
                RequireEntity(definition.EndDef1.Type, definition.Name);
                RequireEntity(definition.EndDef2.Type, definition.Name);
                relationships.Add(new RelationshipType(type.Id, definition, Resolve(type, definition.AttributeDefs)));
            }
        }

        return relationships;
    }

    private void CompleteEntities(List<RelationshipType> relationships)
    {
        var ends = relationships.SelectMany(type => type.IsSymmetric ? new[] { type.End1 } : [type.End1, type.End2])
            .ToLookup(end => end.Definition.Type, StringComparer.Ordinal);
        var subTypes = _entities.Values.SelectMany(type => type.SuperTypeNames, (type, superType) => (type.Id, superType))
            .ToLookup(pair => pair.superType, pair => pair.Id, StringComparer.Ordinal);
        foreach (var type in _entities.Values)
        {
            type.Complete(ends, subTypes[type.Name].ToFrozenSet());
        }
    }

    private List<ClassificationType> BuildClassifications()
    {
        var types = new List<ClassificationType>();
        foreach (var type in _stored)
        {
            if (type.Definition is ClassificationDef definition)
            {
                var superTypes = SuperTypesOf(definition.Name, name => RequireClassification(name, definition.Name).SuperTypes);
                ImmutableArray<AssetAttribute> attributes =
                [
                    .. superTypes.Reverse().Append(definition.Name).SelectMany(name => DeclaredBy(name)).DistinctBy(attribute => attribute.Name),
                ];
                types.Add(new ClassificationType(type.Id, definition, superTypes, EntityTypesOf(definition, superTypes), attributes));
            }
        }

        var subTypes = types.SelectMany(type => type.SuperTypeNames, (type, superType) => (type.Id, superType))
            .ToLookup(pair => pair.superType, pair => pair.Id, StringComparer.Ordinal);
        foreach (var type in types)
        {
            type.Complete(subTypes[type.Name].ToFrozenSet());
        }

        return types;
    }

    /// <summary>The asset types that a tag is for: its own, or else those of all its supertypes.</summary>
    private ImmutableArray<string> EntityTypesOf(ClassificationDef definition, ImmutableArray<string> superTypes) => definition.EntityTypes.IsEmpty
        ? [.. superTypes.SelectMany(name => RequireClassification(name, definition.Name).EntityTypes).Distinct(StringComparer.Ordinal)]
        : definition.EntityTypes;

    private List<BusinessMetadataType> BuildBusinessMetadata() =>
    [
        .. _stored.Where(type => type.Definition is BusinessMetadataDef)
            .Select(type => new BusinessMetadataType(type.Id, (BusinessMetadataDef)type.Definition, Resolve(type, type.Definition.OwnAttributes))),
    ];

    private ImmutableArray<AssetAttribute> DeclaredBy(string typeName)
    {
        if (!_declared.TryGetValue(typeName, out var attributes))
        {
            var type = _byName[typeName];
            attributes = Resolve(type, type.Definition.OwnAttributes);
            _declared.Add(typeName, attributes);
        }

        return attributes;
    }

    private ImmutableArray<AssetAttribute> Resolve(StoredType owner, ImmutableArray<AttributeDef> definitions)
    {
        var attributes = ImmutableArray.CreateBuilder<AssetAttribute>(definitions.Length);
        foreach (var definition in definitions)
        {
            var type = TypeText.Resolve(definition.TypeName, Named)
                ?? throw new InvalidTypeException($"{owner.Definition.Name}.{definition.Name}: type {definition.TypeName} is not known.");
            var @default = definition.DefaultValue is { Length: > 0 } text ? DefaultValue.Parse(type, text) : null;
            attributes.Add(new AssetAttribute(owner.AttributeIds[definition.Name], owner.Definition.Name, definition, type, @default));
        }

        return attributes.MoveToImmutable();
    }

    private DataType? Named(string name) => (DataType?)_enums.GetValueOrDefault(name) ?? _structs.GetValueOrDefault(name);

    private static ImmutableArray<string> SuperTypesOf(string type, Func<string, ImmutableArray<string>> directOnes)
    {
        var found = new List<string>();
        var frontier = new List<string> { type };
        while (frontier.Count > 0)
        {
            var next = new List<string>();
            foreach (var superType in frontier.SelectMany(name => directOnes(name)))
            {
                if (superType == type)
                {
                    throw new InvalidTypeException($"Type {type} is its own supertype.");
                }

                if (!found.Contains(superType, StringComparer.Ordinal))
                {
                    found.Add(superType);
                    next.Add(superType);
                }
            }

            frontier = next;
        }

        return [.. found];
    }

    private EntityDef RequireEntity(string name, string neededBy) =>
        _byName.GetValueOrDefault(name)?.Definition as EntityDef
        ?? throw new InvalidTypeException($"Type {neededBy} needs the entity type {name}, which is not defined.");

    private ClassificationDef RequireClassification(string name, string neededBy) =>
        _byName.GetValueOrDefault(name)?.Definition as ClassificationDef
        ?? throw new InvalidTypeException($"Tag {neededBy} needs the tag {name}, which is not defined.");
}
