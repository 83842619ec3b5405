using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>A bundle of type definitions: the body of <c>types/typedefs</c> requests and answers.</summary>
public sealed record TypesDef
{
    /// <summary>Enum definitions.</summary>
    public ImmutableArray<EnumDef> EnumDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>Struct definitions.</summary>
    public ImmutableArray<StructDef> StructDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>Tag definitions.</summary>
    public ImmutableArray<ClassificationDef> ClassificationDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>Entity definitions.</summary>
    public ImmutableArray<EntityDef> EntityDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>Relationship definitions.</summary>
    public ImmutableArray<RelationshipDef> RelationshipDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>Definitions of custom metadata.</summary>
    public ImmutableArray<BusinessMetadataDef> BusinessMetadataDefs { get => field.IsDefault ? [] : field; init; }

    /// <summary>All definitions, in an order in which each stands after the categories it can refer to.</summary>
    public IEnumerable<TypeDef> All() => [.. EnumDefs, .. StructDefs, .. EntityDefs, .. RelationshipDefs, .. ClassificationDefs, .. BusinessMetadataDefs];
}
