using System.Collections.Frozen;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>The types whose qualified names the server makes: what a payload says of them finds an asset but never names one.</summary>
internal static class ServerNames
{
    /// <summary>What the server decides of a type of which it makes the names and nothing else.</summary>
    public static FrozenSet<string> QualifiedNameOnly { get; } = FrozenSet.Create(StringComparer.Ordinal, "qualifiedName");

    public static bool AreMadeFor(EntityType type) => RuleBook.For(type).Names is not null;
}
