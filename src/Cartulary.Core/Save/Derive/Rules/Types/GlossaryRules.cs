using System.Collections.Frozen;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A glossary: its name is its own among all glossaries in use, and its qualified name says nothing of it.</summary>
internal sealed class GlossaryRules : NamedTypeRules
{
    public const string Name = "AtlasGlossary";

    /// <summary>The character that stands between the two parts of qualified names, and so in no name.</summary>
    public const char Separator = '@';

    private static readonly SiblingClaimKind NameKind = SiblingNames.NameKind(ErrorCodes.GlossaryExists, name => $"Glossary with name {name} already exists");

    public override string TypeName => Name;

    public override FrozenSet<string> Derived => ServerNames.QualifiedNameOnly;

    public override string OwnPart(string qualifiedName) => qualifiedName;

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) => ownPart;

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        SiblingNames.Trim(desk, draft, Separator);
        SiblingNames.Rank(desk, draft);
    }

    public override IEnumerable<SiblingClaim> Claims(SiblingView view) => SiblingNames.Claims(view, DerivedKeys.GlossaryName, "", NameKind);
}
