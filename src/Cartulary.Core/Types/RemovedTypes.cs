using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>
/// Resolves removed definitions as far as it goes. They are found by number only, for what is told of the past, so a name that
/// nothing defines any more does no harm.
/// </summary>
internal static class RemovedTypes
{
    /// <summary>The removed ones among stored definitions; names in them mean types in use first, then removed ones.</summary>
    public static ResolvedTypes Resolve(
        IReadOnlyCollection<StoredType> stored, IReadOnlyDictionary<string, EnumType> enums, IReadOnlyDictionary<string, StructType> structs)
    {
        var removed = stored.Where(type => type.IsRemoved).ToList();
        if (removed.Count == 0)
        {
            return new ResolvedTypes([], [], [], [], [], []);
        }

        var removedEnums = removed.Select(type => type.Definition).OfType<EnumDef>().Select(definition => new EnumType(definition)).ToLookup(type => type.Name, StringComparer.Ordinal);
        var removedStructs = removed.Where(type => type.Definition is StructDef).Select(type => new StructType(type.Id, (StructDef)type.Definition)).ToList();
        foreach (var type in removedStructs)
        {
            type.Complete(AttributesOf(removed.Find(known => known.Id == type.Id)!));
        }

        ImmutableArray<EntityType> entities =
            [.. Of<EntityDef>().Select(type => new EntityType(type.Id, (EntityDef)type.Definition, ((EntityDef)type.Definition).SuperTypes, [AttributesOf(type)]))];
        ImmutableArray<ClassificationType> tags = [.. Of<ClassificationDef>().Select(Tag)];
        return new ResolvedTypes(
            entities,
            [.. Of<RelationshipDef>().Select(type => new RelationshipType(type.Id, (RelationshipDef)type.Definition, AttributesOf(type)))],
            removedStructs,
            tags,
            [.. Of<BusinessMetadataDef>().Select(type => new BusinessMetadataType(type.Id, (BusinessMetadataDef)type.Definition, AttributesOf(type)))],
            [.. entities.SelectMany(type => type.Attributes), .. tags.SelectMany(type => type.Attributes)]);

        IEnumerable<StoredType> Of<T>() => removed.Where(type => type.Definition is T);

        ClassificationType Tag(StoredType type)
        {
            var definition = (ClassificationDef)type.Definition;
            return new ClassificationType(type.Id, definition, definition.SuperTypes, definition.EntityTypes, AttributesOf(type));
        }

        ImmutableArray<AssetAttribute> AttributesOf(StoredType type) =>
        [
            .. type.Definition.OwnAttributes.Select(attribute => new AssetAttribute(
                type.AttributeIds[attribute.Name],
                type.Definition.Name,
                attribute,
                TypeText.Resolve(attribute.TypeName, Named) ?? PrimitiveType.Of(PrimitiveKind.String),
                @default: null)),
        ];

        DataType? Named(string name) =>
            enums.GetValueOrDefault(name) ?? structs.GetValueOrDefault(name)
            ?? removedEnums[name].LastOrDefault() ?? (DataType?)removedStructs.FindLast(type => type.Name == name);
    }
}
