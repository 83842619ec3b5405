using System.Collections.Frozen;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>What data domains and data products have in common: qualified names that are paths, and attributes that repeat them.</summary>
internal abstract class MeshRules : NamedTypeRules
{
    protected const string ParentName = "parentDomainQualifiedName";
    protected const string SuperName = "superDomainQualifiedName";

    protected static FrozenSet<string> Paths { get; } = FrozenSet.Create(StringComparer.Ordinal, "qualifiedName", ParentName, SuperName);

    protected static string NameOf(RuleDesk desk, BatchAsset asset) => desk.TextOf(asset, "qualifiedName") ?? "";

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        SiblingNames.Trim(desk, draft, forbidden: null);
        SiblingNames.Rank(desk, draft);
    }

    public override void FollowParent(RuleDesk desk, StateDraft draft, BatchAsset? parent)
    {
        RuleDesk.Set(draft, ParentName, parent is null ? null : NameOf(desk, parent));
        RuleDesk.Set(draft, SuperName, parent is null ? null : desk.TextOf(parent, SuperName) ?? NameOf(desk, parent));
    }

    /// <summary>Nothing of a mesh comes into a domain that is archived, or comes back without the domain that it had.</summary>
    protected static void CheckPlace(RuleDesk desk, StateDraft draft, string end, bool mayStandAlone)
    {
        if (draft.Asset.StatusAfter != AssetStatus.Active || !(draft.Asset.IsNew || draft.Asset.StatusChanges || desk.PartnerChanges(draft.Asset, end)))
        {
            return;
        }

        var parent = desk.PartnerAt(draft.Asset, end);
        if (parent is null ? draft.Asset.StatusChanges && !mayStandAlone : parent.StatusAfter != AssetStatus.Active)
        {
            desk.Report(
                ErrorCodes.OperationNotSupported, draft, $"relationshipAttributes.{end}", $"Operation not supported: {draft.Asset.Type.Name} {draft.Asset.Guid} needs a {end} in use");
        }
    }
}
