using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>
/// A category of a glossary: its name is its own on its level. When it moves to another glossary, all that stands below it
/// moves with it.
/// </summary>
internal sealed class CategoryRules : GlossaryPartRules
{
    private const string Parent = "parentCategory";
    private const string Children = "childrenCategories";
    private const string Terms = "terms";

    private static readonly SiblingClaimKind NameKind =
        SiblingNames.NameKind(ErrorCodes.CategoryExists, name => $"Glossary category with name {name} already exists on this level");

    public override string TypeName => "AtlasGlossaryCategory";

    public override string TreeEnd => Parent;

    public override ImmutableArray<string> ChildEnds => [Children, Terms];

    protected override string CategoryEnd => Parent;

    protected override ErrorCode OtherGlossary => ErrorCodes.ParentFromOtherGlossary;

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        base.Check(desk, draft);
        if (draft.Asset.IsNew || !desk.PartnerChanges(draft.Asset, Anchor))
        {
            return;
        }

        foreach (var end in ChildEnds.Where(end => desk.Said(draft.Asset, end).Any()))
        {
            desk.Report(ErrorCodes.BadRequest, draft, $"relationshipAttributes.{end}", $"{end} cannot be said together with a move to another glossary: what is below a category moves with it");
        }
    }

    public override void Carry(RuleDesk desk, BatchAsset mover, BatchAsset child)
    {
        // What the request says of a child's own glossary wins; the child then leaves its category.
        if (desk.PartnerAt(mover, Anchor) is { } glossary && desk.PartnerAt(child, Anchor) != glossary && !desk.Said(child, Anchor).Any())
        {
            desk.Relink(child, Anchor, glossary);
        }
    }

    public override IEnumerable<SiblingClaim> Claims(SiblingView view) =>
        SiblingNames.Claims(view, DerivedKeys.CategoryName, (view.Partner(Parent) ?? view.Partner(Anchor))?.ToString("D"), NameKind);
}
