using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers;

/// <summary>The definitions of one registry as JSON, written once and then handed out.</summary>
internal sealed class TypedefBook
{
    private static readonly ConditionalWeakTable<TypeRegistry, TypedefBook> Books = [];

    private readonly FrozenDictionary<string, TypedefPage> _byName;
    private readonly FrozenDictionary<Guid, TypedefPage> _byGuid;

    private TypedefBook(TypeRegistry registry)
    {
        var subTypes = registry.Entities.Select(type => (type.Name, type.Definition.SuperTypes))
            .Concat(registry.Classifications.Select(type => (type.Name, type.Definition.SuperTypes)))
            .SelectMany(type => type.SuperTypes.Select(superType => (Super: superType, type.Name)))
            .ToLookup(pair => pair.Super, pair => pair.Name, StringComparer.Ordinal);
        Pages =
        [
            .. from stored in registry.Stored
               let complete = Complete(stored.Definition, registry, subTypes)
               select new TypedefPage(stored.Definition, TypeDefJson.Serialize(complete)),
        ];
        _byName = Pages.ToFrozenDictionary(page => page.Definition.Name, StringComparer.Ordinal);
        _byGuid = Pages.Where(page => page.Definition.Guid is not null).ToFrozenDictionary(page => page.Definition.Guid!.Value);
    }

    /// <summary>All definitions, in the order they were stored.</summary>
    public ImmutableArray<TypedefPage> Pages { get; }

    /// <summary>The definitions of a registry.</summary>
    public static TypedefBook Of(TypeRegistry registry) => Books.GetValue(registry, key => new TypedefBook(key));

    /// <summary>The definition of that name, or null.</summary>
    public TypedefPage? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The definition with that guid, or null.</summary>
    public TypedefPage? WithGuid(Guid guid) => _byGuid.GetValueOrDefault(guid);

    /// <summary>Adds what answers show and definitions do not say: subtypes, relationship attributes and custom metadata.</summary>
    private static TypeDef Complete(TypeDef definition, TypeRegistry registry, ILookup<string, string> subTypes) => definition switch
    {
        EntityDef entity => entity with
        {
            SubTypes = [.. subTypes[entity.Name].Order(StringComparer.Ordinal)],
            RelationshipAttributeDefs = [.. registry.FindEntity(entity.Name)!.Ends.Select(Describe)],
            BusinessAttributeDefs = BusinessAttributesOf(registry.FindEntity(entity.Name)!, registry),
        },
        ClassificationDef classification => classification with { SubTypes = [.. subTypes[classification.Name].Order(StringComparer.Ordinal)] },
        _ => definition,
    };

    private static ImmutableSortedDictionary<string, ImmutableArray<AttributeDef>> BusinessAttributesOf(EntityType type, TypeRegistry registry) =>
        (from set in registry.BusinessMetadataSets
         let attributes = set.Attributes.Where(attribute => attribute.AppliesTo(type)).Select(attribute => attribute.Attribute.Definition).ToImmutableArray()
         where !attributes.IsEmpty
         select KeyValuePair.Create(set.Name, attributes)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static RelationshipAttributeDef Describe(EndAttribute end) => new()
    {
        Name = end.Name,
        TypeName = end.IsMany ? $"array<{end.OtherTypeName}>" : end.OtherTypeName,
        IsOptional = !end.IsMandatory,
        Cardinality = end.Definition.Cardinality,
        RelationshipTypeName = end.Relationship.Name,
        IsLegacyAttribute = end.Definition.IsLegacyAttribute,
    };
}

/// <summary>One definition with its JSON.</summary>
internal sealed record TypedefPage(TypeDef Definition, ReadOnlyMemory<byte> Json)
{
    /// <summary>Writes the definition's header.</summary>
    public void WriteHeader(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Definition.Guid is { } guid)
        {
            writer.WriteString("guid"u8, guid);
        }

        writer.WriteString("name"u8, Definition.Name);
        if (Definition.ServiceType is { } serviceType)
        {
            writer.WriteString("serviceType"u8, serviceType);
        }

        writer.WriteString("category"u8, TypeCategories.TextOf(Definition.Category));
        writer.WriteEndObject();
    }
}
