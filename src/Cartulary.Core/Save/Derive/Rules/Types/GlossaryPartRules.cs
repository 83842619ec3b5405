using System.Collections.Frozen;
using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>
/// A part of a glossary: its qualified name ends with the glossary's and follows it into another one. What it is joined to
/// within its glossary has to be of the same glossary.
/// </summary>
internal abstract class GlossaryPartRules : NamedTypeRules
{
    public const string Anchor = "anchor";

    public override FrozenSet<string> Derived => ServerNames.QualifiedNameOnly;

    public override string ParentEnd => Anchor;

    public override ImmutableArray<string> Ends => [Anchor, CategoryEnd];

    /// <summary>The relationship attribute at which categories of the same glossary stand.</summary>
    protected abstract string CategoryEnd { get; }

    /// <summary>How a category of another glossary is refused.</summary>
    protected abstract ErrorCode OtherGlossary { get; }

    public override string OwnPart(string qualifiedName) =>
        qualifiedName.IndexOf(GlossaryRules.Separator, StringComparison.Ordinal) is >= 0 and var at ? qualifiedName[..at] : qualifiedName;

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) =>
        $"{ownPart}{GlossaryRules.Separator}{(parent is null ? "" : desk.TextOf(parent, "qualifiedName"))}";

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        SiblingNames.Trim(desk, draft, GlossaryRules.Separator);
        SiblingNames.Rank(desk, draft);
        if (!draft.Asset.IsNew && desk.PartnerChanges(draft.Asset, Anchor) && desk.PartnerAt(draft.Asset, Anchor) is { StatusAfter: AssetStatus.Deleted } archived)
        {
            desk.Report(ErrorCodes.AnchorChange, draft, $"relationshipAttributes.{Anchor}", $"Anchor(glossary) change not supported: glossary {archived.Guid} is archived");
        }
    }

    /// <summary>
    /// What has moved leaves the categories that stay behind, unless the request wants them: that cannot be. What stands as it stood stays in
    /// one glossary, and there the glossary of a category may not be known.
    /// </summary>
    public override void Settle(RuleDesk desk, StateDraft draft)
    {
        var glossary = desk.PartnerAt(draft.Asset, Anchor);
        foreach (var entry in desk.RecordedAt(draft.Asset, CategoryEnd).ToList())
        {
            var category = desk.Find(entry.Other(draft.Asset.Guid))!;
            var moves = desk.PartnerChanges(draft.Asset, Anchor) || desk.PartnerChanges(category, Anchor);
            if ((!moves && !entry.IsOpened) || desk.PartnerAt(category, Anchor) == glossary)
            {
                continue;
            }

            if (desk.Speaks(entry))
            {
                desk.Report(OtherGlossary, draft, $"relationshipAttributes.{CategoryEnd}", $"category {category.Guid} belongs to another glossary than {draft.Asset.Type.Name} {draft.Asset.Guid}");
            }
            else if (moves)
            {
                entry.IsRecorded = false;
            }
        }
    }
}
