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
