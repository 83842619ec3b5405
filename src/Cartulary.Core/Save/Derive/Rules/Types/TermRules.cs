using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A term: its name is its own within its glossary.</summary>
internal sealed class TermRules : GlossaryPartRules
{
    private static readonly SiblingClaimKind NameKind = SiblingNames.NameKind(ErrorCodes.TermExists, name => $"Glossary term with name {name} already exists");

    public override string TypeName => "AtlasGlossaryTerm";

    protected override string CategoryEnd => "categories";

    protected override ErrorCode OtherGlossary => ErrorCodes.BadRequest;

    public override IEnumerable<SiblingClaim> Claims(SiblingView view) =>
        SiblingNames.Claims(view, DerivedKeys.TermName, view.Partner(Anchor)?.ToString("D"), NameKind);
}
