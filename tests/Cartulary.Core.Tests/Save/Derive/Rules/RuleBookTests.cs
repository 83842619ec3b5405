using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Save.Derive.Rules;

/// <summary>Rules name types, attributes and relationship attributes by text: here they are found in the built-in model.</summary>
public sealed class RuleBookTests
{
    private static readonly TypeRegistry Registry = TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], BuiltInModel.Load(), "test", 0, () => Guid.Empty));

    public static TheoryData<string> TypesWithRules() =>
        [.. Registry.Entities.Where(type => RuleBook.For(type).Rules.Any(rules => rules.TypeName == type.Name)).Select(type => type.Name)];

    [Fact]
    public void Types_whose_names_the_server_makes_are_these() =>
        Registry.Entities.Where(type => RuleBook.For(type).Names?.TypeName == type.Name).Select(type => type.Name)
            .ShouldBe(["AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm", "Collection", "DataDomain", "DataProduct", "Folder", "Query"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(TypesWithRules))]
    public void Every_attribute_and_end_that_rules_name_exists(string typeName)
    {
        var type = Registry.FindEntity(typeName)!;
        var set = RuleBook.For(type);

        set.Rules.SelectMany(rules => rules.Derived).Where(name => type.Attribute(name) is null).ShouldBeEmpty();
        set.Ends.Concat(set.Lists).Concat(set.Names?.ChildEnds ?? []).Append(set.Names?.ParentEnd).Append(set.Names?.TreeEnd)
            .OfType<string>().Where(name => type.EndsNamed(name).IsEmpty).ShouldBeEmpty();
    }
}
