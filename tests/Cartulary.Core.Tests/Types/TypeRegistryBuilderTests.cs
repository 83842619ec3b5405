using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Types;

public sealed class TypeRegistryBuilderTests
{
    [Fact]
    public void A_type_has_the_attributes_and_ends_of_all_its_supertypes()
    {
        var registry = Build(new TypesDef
        {
            EntityDefs = [Entity("A", "a"), Entity("B", "b", "A"), Entity("C", "c", "B"), Entity("D", "d", "B", "A")],
            RelationshipDefs = [Relationship("r", "A", "B")],
        });

        var c = registry.FindEntity("C")!;
        c.Attributes.Select(attribute => attribute.Name).ShouldBe(["a", "b", "c"]);
        c.SuperTypeNames.ShouldBe(["B", "A"]);
        c.Ends.Select(end => end.Name).ShouldBe(["toA", "toB"]);
        c.Is("A").ShouldBeTrue();
        c.Is("D").ShouldBeFalse();
        c.Attribute("a").ShouldBeSameAs(registry.FindEntity("A")!.Attribute("a"));
        registry.FindEntity("A")!.SubTypeIds.Count.ShouldBe(3);
        registry.FindEntity("D")!.Attributes.Select(attribute => attribute.Name).ShouldBe(["a", "b", "d"], ignoreOrder: true);
    }

    [Fact]
    public void A_relationship_with_twice_the_same_end_has_no_direction()
    {
        var registry = Build(new TypesDef
        {
            EntityDefs = [Entity("A", "a")],
            RelationshipDefs =
            [
                new RelationshipDef
                {
                    Name = "r",
                    EndDef1 = new RelationshipEndDef { Type = "A", Name = "peers", Cardinality = Cardinality.Set },
                    EndDef2 = new RelationshipEndDef { Type = "A", Name = "peers", Cardinality = Cardinality.Set },
                },
            ],
        });

        registry.FindEntity("A")!.Ends.ShouldHaveSingleItem().Relationship.IsSymmetric.ShouldBeTrue();
    }

    [Fact]
    public void A_type_that_is_its_own_supertype_is_refused()
    {
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a", "A")] });
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a", "C"), Entity("B", "b", "A"), Entity("C", "c", "B")] });
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a", "B"), Entity("B", "b", "A"), Entity("C", "c", "B")] });
    }

    [Fact]
    public void A_name_that_nothing_defines_is_refused()
    {
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a", "Missing")] });
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a")], RelationshipDefs = [Relationship("r", "A", "Missing")] });
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a") with { AttributeDefs = [new AttributeDef { Name = "x", TypeName = "array<Missing>" }] }] });
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a") with { AttributeDefs = [new AttributeDef { Name = "x", TypeName = "map<string>" }] }] });
    }

    [Fact]
    public void A_default_that_is_no_value_of_its_type_is_refused() =>
        Refuse(new TypesDef { EntityDefs = [Entity("A", "a") with { AttributeDefs = [new AttributeDef { Name = "x", TypeName = "int", DefaultValue = "five" }] }] });

    [Fact]
    public void Two_types_of_one_name_are_refused() =>
        Refuse(new TypesDef { EnumDefs = [new EnumDef { Name = "A" }], EntityDefs = [Entity("A", "a")] });

    [Fact]
    public void A_tag_has_the_attributes_and_asset_types_of_its_supertypes()
    {
        var registry = Build(new TypesDef
        {
            EntityDefs = [Entity("A", "a"), Entity("B", "b", "A"), Entity("C", "c")],
            ClassificationDefs =
            [
                Tag("wide") with { DisplayName = "For all" },
                Tag("narrow", "wide") with { EntityTypes = ["B"] },
                Tag("inner", "narrow"),
            ],
        });

        var inner = registry.FindClassification("inner")!;
        inner.SuperTypeNames.ShouldBe(["narrow", "wide"]);
        inner.Attributes.Select(attribute => attribute.Name).ShouldBe(["ofWide", "ofNarrow", "ofInner"]);
        inner.Attribute("ofWide").ShouldBeSameAs(registry.FindClassification("wide")!.Attribute("ofWide"));
        registry.Attribute(inner.Attributes[0].Id).ShouldBeSameAs(inner.Attributes[0]);
        inner.EntityTypes.ShouldBe(["B"]);
        inner.AppliesTo(registry.FindEntity("B")!).ShouldBeTrue();
        inner.AppliesTo(registry.FindEntity("A")!).ShouldBeFalse();
        registry.FindClassification("wide")!.AppliesTo(registry.FindEntity("C")!).ShouldBeTrue();
        registry.FindClassification("wide")!.SubTypeIds.ShouldBe([registry.FindClassification("narrow")!.Id, inner.Id], ignoreOrder: true);
        registry.FindClassificationDisplayed("For all").ShouldBeSameAs(registry.FindClassification("wide"));
        registry.FindClassificationDisplayed("inner").ShouldBeSameAs(inner, "without a display name, the name is shown");
        registry.Classification(inner.Id).ShouldBeSameAs(inner);
        Refuse(new TypesDef { ClassificationDefs = [Tag("a", "b"), Tag("b", "a")] });
    }

    [Fact]
    public void The_options_of_custom_metadata_say_where_it_applies_and_what_it_takes()
    {
        var registry = Build(new TypesDef
        {
            EntityDefs = [Entity("A", "a"), Entity("B", "b", "A"), Entity("C", "c")],
            BusinessMetadataDefs =
            [
                Set(("applicableEntityTypes", "[\"A\"]"), ("maxStrLength", "5"), ("validPattern", "[a-z]+|[0-9]+")),
            ],
        });

        var set = registry.FindBusinessMetadataDisplayed("Quality")!;
        var attribute = set.AttributeDisplayed("Grade")!;
        attribute.ShouldBeSameAs(set.Attribute("x2"));
        registry.BusinessMetadata(set.Id).ShouldBeSameAs(registry.FindBusinessMetadata("x1"));
        registry.Attribute(attribute.Id).ShouldBeSameAs(attribute.Attribute);
        attribute.AppliesTo(registry.FindEntity("B")!).ShouldBeTrue();
        attribute.AppliesTo(registry.FindEntity("C")!).ShouldBeFalse();
        string[] texts = ["abc", "12345", "abcdef", "a1", "", "abc\n"];
        texts.Where(attribute.Allows).ShouldBe(["abc", "12345"]);
        attribute.IsArchived.ShouldBeFalse();
        Refuse(new TypesDef { BusinessMetadataDefs = [Set(("applicableEntityTypes", "A"))] });
        Refuse(new TypesDef { BusinessMetadataDefs = [Set(("maxStrLength", "-1"))] });
    }

    private static ClassificationDef Tag(string name, params string[] superTypes) => new()
    {
        Name = name,
        SuperTypes = [.. superTypes],
        AttributeDefs = [new AttributeDef { Name = $"of{char.ToUpperInvariant(name[0])}{name[1..]}", TypeName = "string", IsOptional = true }],
    };

    private static BusinessMetadataDef Set(params (string Name, string Value)[] options) => new()
    {
        Name = "x1",
        DisplayName = "Quality",
        AttributeDefs =
        [
            new AttributeDef
            {
                Name = "x2",
                DisplayName = "Grade",
                TypeName = "string",
                IsOptional = true,
                Options = options.ToImmutableSortedDictionary(option => option.Name, option => (string?)option.Value, StringComparer.Ordinal),
            },
        ],
    };

    private static void Refuse(TypesDef types) => Should.Throw<InvalidTypeException>(() => Build(types));

    private static TypeRegistry Build(TypesDef types) => TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], types, "test", 0, () => Guid.Empty));

    private static EntityDef Entity(string name, string attribute, params string[] superTypes) => new()
    {
        Name = name,
        SuperTypes = [.. superTypes],
        AttributeDefs = [new AttributeDef { Name = attribute, TypeName = "string", IsOptional = true }],
    };

    private static RelationshipDef Relationship(string name, string one, string two) => new()
    {
        Name = name,
        EndDef1 = new RelationshipEndDef { Type = one, Name = "toB", Cardinality = Cardinality.Set },
        EndDef2 = new RelationshipEndDef { Type = two, Name = "toA" },
    };
}
