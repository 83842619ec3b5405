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
        changed.AttributeIds["b"].ShouldBe(stored[0].AttributeIds["b"], "the number of an attribute that is gone is never used again");
        changed.AttributeIds["c"].ShouldBe(stored.SelectMany(type => type.AttributeIds.Values).Max() + 1);
        changed.Definition.Version.ShouldBe(2);
        changed.Definition.Guid.ShouldBe(stored[0].Definition.Guid);
        changed.Definition.CreatedBy.ShouldBe("ada");
    }

    private static ImmutableArray<StoredType> Plan(ImmutableArray<StoredType> stored, TypesDef wanted) =>
        TypeInstaller.Plan(stored, wanted, stored.IsEmpty ? "ada" : "grace", stored.IsEmpty ? 1 : 2, () => new Guid("a55e7000-0000-7000-8000-000000000001"));

    private static TypesDef Types(params string[] attributes) => new()
    {
        EntityDefs = [new EntityDef { Name = "A", AttributeDefs = [.. attributes.Select(name => new AttributeDef { Name = name, TypeName = "string" })] }],
    };
}
