using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Save.Derive.Rules.Types;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>The rules of all types that have some. A new type's rules are one file in <c>Types</c> and one line here.</summary>
internal static class RuleBook
{
    private static readonly ImmutableArray<TypeRules> All =
    [
        new AssetRules(),
        new GlossaryRules(),
        new CategoryRules(),
        new TermRules(),
        new DomainRules(),
        new ProductRules(),
        new ConnectionRules(),
        new CollectionRules(),
        new FolderRules(),
        new QueryRules(),
        new LinkRules(),
    ];

    private static readonly ConditionalWeakTable<EntityType, TypeRuleSet> Sets = [];

    /// <summary>All rules that hold for assets of a type.</summary>
    public static TypeRuleSet For(EntityType type) =>
        Sets.GetValue(type, static type => new TypeRuleSet([.. All.Where(rules => type.Is(rules.TypeName))]));
}
