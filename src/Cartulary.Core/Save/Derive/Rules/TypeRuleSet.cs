using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>The rules that hold for assets of one type: its own, and those of its supertypes.</summary>
internal sealed class TypeRuleSet(ImmutableArray<TypeRules> rules)
{
    private readonly FrozenSet<string> _derived = rules.SelectMany(one => one.Derived).ToFrozenSet(StringComparer.Ordinal);

    public ImmutableArray<TypeRules> Rules => rules;

    /// <summary>How the server makes the type's qualified names; null where clients give them.</summary>
    public NamedTypeRules? Names { get; } = rules.OfType<NamedTypeRules>().FirstOrDefault();

    /// <summary>See <see cref="TypeRules.Ends"/>.</summary>
    public FrozenSet<string> Ends { get; } = rules.SelectMany(one => one.Ends).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>See <see cref="TypeRules.Lists"/>.</summary>
    public FrozenSet<string> Lists { get; } = rules.SelectMany(one => one.Lists).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>See <see cref="TypeRules.Weighed"/>.</summary>
    public FrozenSet<string> Weighed { get; } = rules.SelectMany(one => one.Weighed).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the server alone decides an attribute.</summary>
    public bool Derives(string attribute) => _derived.Count > 0 && _derived.Contains(attribute);
}
