using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>Makes qualified names, and lets what belongs to moved assets follow them, level by level.</summary>
internal sealed class NamingStage(RuleDesk desk, NamingStage.FollowerLoader loadFollowers)
{
    private const string QualifiedName = "qualifiedName";
    private readonly HashSet<StateDraft> _waiting = [];

    /// <summary>Loads the partners that follow movers; a constant number of reads for all of them.</summary>
    public delegate ValueTask<List<(BatchAsset Mover, EdgeEntry Entry, BatchAsset Child)>> FollowerLoader(
        IReadOnlyList<BatchAsset> movers, CancellationToken cancellationToken);

    public async ValueTask ApplyAsync(CancellationToken cancellationToken)
    {
        var level = desk.Drafts.All.Where(draft => draft.Asset.StatusAfter != AssetStatus.Purged && RulesOf(draft.Asset) is not null).ToList();
        while (level.Count > 0 && desk.Drafts.All.Count <= desk.Scope.Limits.ChangedAssetsPerSave)
        {
            _waiting.Clear();
            _waiting.UnionWith(level);
            foreach (var draft in level)
            {
                Name(draft);
            }

            var movers = level.Select(draft => draft.Asset).Where(asset => !asset.IsNew && RulesOf(asset)!.ChildEnds.Length > 0 && NameChanges(asset)).ToList();
            level = movers.Count == 0 ? [] : await FollowAsync(movers, cancellationToken);
        }

        foreach (var draft in desk.Drafts.All.Where(draft => draft.Asset.StatusAfter != AssetStatus.Purged).ToList())
        {
            RulesOf(draft.Asset)?.Settle(desk, draft);
        }
    }

    private async ValueTask<List<StateDraft>> FollowAsync(List<BatchAsset> movers, CancellationToken cancellationToken)
    {
        var followers = await loadFollowers(movers, cancellationToken);
        foreach (var (mover, entry, child) in followers)
        {
            RulesOf(mover)!.Carry(desk, mover, child);
            desk.Follows(child, mover, entry.Relationship);
        }

        return [.. followers.Select(follower => follower.Child).Where(child => RulesOf(child) is not null).Distinct().Select(child => desk.Drafts.For(child))];
    }

    /// <summary>Names an asset after those of the same level that it belongs to.</summary>
    private void Name(StateDraft draft)
    {
        if (!_waiting.Remove(draft))
        {
            return;
        }

        var rules = RulesOf(draft.Asset)!;
        var parent = rules.ParentEnd is { } end ? desk.PartnerAt(draft.Asset, end) : null;
        if (parent is not null)
        {
            desk.Scope.RelyOn(ConflictMarks.Name(parent.Guid));
            if (desk.Drafts.Find(parent) is { } owner)
            {
                Name(owner);
            }
        }

        if (draft.Text(QualifiedName) is not { } current)
        {
            RuleDesk.Set(draft, QualifiedName, rules.QualifiedName(desk, rules.NewOwnPart(desk), parent));
        }
        else if (draft.Asset.IsNew || (rules.ParentEnd is { } parentEnd && (desk.PartnerChanges(draft.Asset, parentEnd) || (parent is not null && NameChanges(parent)))))
        {
            RuleDesk.Set(draft, QualifiedName, rules.QualifiedName(desk, rules.OwnPart(current), parent));
        }
        else
        {
            return;
        }

        rules.FollowParent(desk, draft, parent);
    }

    private bool NameChanges(BatchAsset asset) =>
        !asset.IsNew && asset.Type.Attribute(QualifiedName) is { } name && desk.Drafts.Find(asset) is { } draft && draft.Get(name) != draft.Before(name);

    private static NamedTypeRules? RulesOf(BatchAsset asset) => RuleBook.For(asset.Type).Names;
}
