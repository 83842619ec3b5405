using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Testing;

/// <summary>
/// Types for tests: one asset type, <c>Everything</c>, with an attribute of every kind of value there is, three tags, and a set
/// of custom metadata.
/// </summary>
public static class EverythingModel
{
    /// <summary>The name of the asset type.</summary>
    public const string TypeName = "Everything";

    /// <summary>Every attribute type, each of them the type of one attribute.</summary>
    public static ImmutableArray<string> ValueTypes { get; } =
    [
        "string", "boolean", "byte", "short", "int", "long", "biginteger", "float", "double", "bigdecimal", "date", "Colour", "Place",
        "array<string>", "array<boolean>", "array<int>", "array<double>", "array<date>", "array<bigdecimal>", "array<Colour>", "array<Place>",
        "array<array<string>>", "map<string,string>", "map<string,long>", "map<int,double>", "map<string,array<int>>", "map<string,Place>",
    ];

    /// <summary>The names of the tags; the first one has attributes, the last one inherits from it.</summary>
    public static ImmutableArray<string> TagNames { get; } = ["Secret", "Public", "TopSecret"];

    /// <summary>The name of the set of custom metadata, which applies to all assets.</summary>
    public const string MetadataName = "Quality";

    /// <summary>The types of the attributes of custom metadata, each of them the type of one attribute.</summary>
    public static ImmutableArray<string> MetadataTypes { get; } =
        ["string", "boolean", "int", "long", "float", "date", "Colour", "array<string>", "array<int>", "array<date>", "array<Colour>"];

    /// <summary>The definitions; they need the built-in ones beside them.</summary>
    public static TypesDef Load() => new()
    {
        EnumDefs =
        [
            new EnumDef { Name = "Colour", ElementDefs = [new EnumElementDef { Value = "RED", Ordinal = 0 }, new EnumElementDef { Value = "GREEN", Ordinal = 1 }, new EnumElementDef { Value = "a \"b\" é", Ordinal = 2 }] },
        ],
        StructDefs =
        [
            new StructDef
            {
                Name = "Place",
                AttributeDefs =
                [
                    new AttributeDef { Name = "street", TypeName = "string", IsOptional = false },
                    new AttributeDef { Name = "number", TypeName = "int", IsOptional = true },
                    new AttributeDef { Name = "tags", TypeName = "array<string>", IsOptional = true },
                ],
            },
        ],
        ClassificationDefs = Tags(),
        BusinessMetadataDefs = [Metadata()],
        EntityDefs =
        [
            new EntityDef
            {
                Name = TypeName,
                SuperTypes = ["Catalog"],
                AttributeDefs =
                [
                    .. ValueTypes.Select(type => new AttributeDef { Name = NameOf(type), TypeName = type, IsOptional = true }),
                    new AttributeDef { Name = "defaultedInt", TypeName = "int", IsOptional = true, DefaultValue = "5" },
                    new AttributeDef { Name = "defaultedSet", TypeName = "array<string>", IsOptional = true, DefaultValue = "[\"b\",\"a\"]" },
                ],
            },
        ],
    };

    /// <summary>The name of the attribute that has a type.</summary>
    public static string NameOf(string typeName) => $"of_{typeName.Replace('<', '_').Replace(',', '_').Replace(">", "", StringComparison.Ordinal)}";

    /// <summary>Both definitions together.</summary>
    public static TypesDef WithBuiltIn()
    {
        var (model, own) = (BuiltInModel.Load(), Load());
        return model with
        {
            EnumDefs = model.EnumDefs.AddRange(own.EnumDefs),
            StructDefs = model.StructDefs.AddRange(own.StructDefs),
            EntityDefs = model.EntityDefs.AddRange(own.EntityDefs),
            ClassificationDefs = model.ClassificationDefs.AddRange(own.ClassificationDefs),
            BusinessMetadataDefs = model.BusinessMetadataDefs.AddRange(own.BusinessMetadataDefs),
        };
    }

    /// <summary>A registry of them without a store; numbers are given in the order of definition.</summary>
    public static TypeRegistry Registry() =>
        TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], WithBuiltIn(), "test", 0, () => Guid.Empty));

    private static ImmutableArray<ClassificationDef> Tags() =>
    [
        new ClassificationDef
        {
            Name = TagNames[0],
            AttributeDefs =
            [
                new AttributeDef { Name = "level", TypeName = "int", IsOptional = true },
                new AttributeDef { Name = "reasons", TypeName = "array<string>", IsOptional = true },
            ],
        },
        new ClassificationDef { Name = TagNames[1] },
        new ClassificationDef { Name = TagNames[2], SuperTypes = [TagNames[0]] },
    ];

    private static BusinessMetadataDef Metadata() => new()
    {
        Name = MetadataName,
        AttributeDefs =
        [
            .. MetadataTypes.Select(type => new AttributeDef
            {
                Name = NameOf(type),
                TypeName = type,
                IsOptional = true,
                Options = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("applicableEntityTypes", "[\"Asset\"]"),
            }),
        ],
    };
}
