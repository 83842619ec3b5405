using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Types;

public sealed class TypeInstallerTests
{
    [Fact]
    public void What_is_stored_already_is_not_planned_again() => Plan(Plan([], BuiltInModel.Load()), BuiltInModel.Load()).ShouldBeEmpty();

    [Fact]
    public void Every_type_and_attribute_has_a_number_of_its_own()
    {
        var stored = Plan([], BuiltInModel.Load());

        stored.Select(type => type.Id).ShouldBeUnique();
        stored.SelectMany(type => type.AttributeIds.Values).ShouldBeUnique();
        stored.ShouldAllBe(type => type.Id > 0 && type.AttributeIds.Values.All(id => id > 0));
    }

    [Fact]
    public void A_changed_type_keeps_its_numbers_and_new_ones_go_on_from_the_highest()
    {
        var stored = Plan([], Types("a", "b"));

        var changed = Plan(stored, Types("c", "a")).ShouldHaveSingleItem();

        changed.Id.ShouldBe(stored[0].Id);
        changed.AttributeIds["a"].ShouldBe(stored[0].AttributeIds["a"]);
        changed.AttributeIds["b"].ShouldBe(stored[0].AttributeIds["b"], "the number of an attribute is never used again");
        changed.AttributeIds["c"].ShouldBe(stored.SelectMany(type => type.AttributeIds.Values).Max() + 1);
        changed.Definition.Version.ShouldBe(2);
        changed.Definition.Guid.ShouldBe(stored[0].Definition.Guid);
        changed.Definition.CreatedBy.ShouldBe("ada");
    }

    [Fact]
    public void What_was_added_to_a_type_stays_when_the_program_brings_a_newer_one()
    {
        var stored = Plan([], Types("a", "added"));

        var changed = Plan(stored, Types("new", "a")).ShouldHaveSingleItem();

        changed.Definition.OwnAttributes.Select(attribute => attribute.Name).ShouldBe(["new", "a", "added"]);
        Plan([changed], Types("new", "a")).ShouldBeEmpty("the next start finds nothing to do");
    }

    [Fact]
    public void An_attribute_keeps_the_type_of_the_values_that_may_be_stored()
    {
        var stored = Plan([], Types("a"));
        var wanted = new TypesDef { EntityDefs = [new EntityDef { Name = "A", AttributeDefs = [new AttributeDef { Name = "a", TypeName = "long" }] }] };

        Plan(stored, wanted).ShouldBeEmpty();
    }

    [Fact]
    public void A_removed_type_has_no_name_and_its_numbers_are_not_used_again()
    {
        var removed = Plan([], Types("a")).Select(type => type with { Definition = type.Definition with { RemovedBy = "ada", RemoveTime = 1 } }).ToImmutableArray();

        var made = Plan(removed, Types("a")).ShouldHaveSingleItem();

        made.Id.ShouldBe(removed[0].Id + 1);
        made.AttributeIds["a"].ShouldBe(removed[0].AttributeIds["a"] + 1);
        made.UniqueName.ShouldNotBe(removed[0].UniqueName);
        var registry = TypeRegistryBuilder.Build(1, [.. removed, made]);
        registry.FindEntity("A")!.Id.ShouldBe(made.Id);
        registry.Entity(removed[0].Id).Name.ShouldBe("A");
        registry.Attribute(removed[0].AttributeIds["a"]).Name.ShouldBe("a");
        registry.Stored.ShouldHaveSingleItem();
        registry.Removed.ShouldHaveSingleItem();
    }

    private static ImmutableArray<StoredType> Plan(ImmutableArray<StoredType> stored, TypesDef wanted) =>
        TypeInstaller.Plan(stored, wanted, stored.IsEmpty ? "ada" : "grace", stored.IsEmpty ? 1 : 2, () => new Guid("a55e7000-0000-7000-8000-000000000001"));

    private static TypesDef Types(params string[] attributes) => new()
    {
        EntityDefs = [new EntityDef { Name = "A", AttributeDefs = [.. attributes.Select(name => new AttributeDef { Name = name, TypeName = "string" })] }],
    };
}
