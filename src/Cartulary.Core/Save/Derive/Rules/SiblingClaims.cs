using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>
/// Sees to it that what may be held once among siblings is held once: by whoever is in use. It is decided in the
/// transaction, so that of two who take a name at the same time one gets it.
/// </summary>
internal sealed class SiblingClaims(RuleDesk desk)
{
    public async ValueTask ApplyAsync(CancellationToken cancellationToken)
    {
        var drafts = desk.Drafts.All.Where(draft => RuleBook.For(draft.Asset.Type).Names is not null).ToList();
        foreach (var draft in drafts)
        {
            draft.SiblingKeys = new(draft.Asset.IsNew ? [] : KeysOf(draft, isAfter: false), KeysOf(draft, isAfter: true));
        }

        var claims = drafts.SelectMany(Claims).ToList();
        var matches = await desk.Scope.FindByKeyAsync(claims.Select(claim => claim.Claim.Key).ToHashSet(), cancellationToken);
        await desk.Batch.Pool.LoadAsync(matches.Select(match => match.Asset), cancellationToken);
        var holders = matches.ToLookup(match => match.Key, match => desk.Batch.Pool.Find(match.Asset)!);
        var claimed = new HashSet<AssetKey>();
        foreach (var (draft, claim) in claims)
        {
            if (!claimed.Add(claim.Key) || holders[claim.Key].Any(holder => holder != draft.Asset && StillHolds(holder, claim.Key)))
            {
                Yield(draft, claim);
            }
        }
    }

    /// <summary>What an asset in use holds anew, by its creation, its return, its move or a new value.</summary>
    private IEnumerable<(StateDraft Draft, SiblingClaim Claim)> Claims(StateDraft draft) => draft.Asset.StatusAfter != AssetStatus.Active
        ? []
        : Of(draft, isAfter: true)
            .Where(claim => draft.Asset.IsNew || draft.Asset.StatusChanges || !draft.SiblingKeys.Before.Contains(claim.Key))
            .Select(claim => (draft, claim));

    private bool StillHolds(BatchAsset holder, AssetKey key) =>
        holder.StatusAfter == AssetStatus.Active && !desk.Scope.Withheld.Holds(holder.Guid) && (desk.Drafts.Find(holder) is not { } draft || draft.SiblingKeys.After.Contains(key));

    /// <summary>A taken name is refused. So is a taken place that somebody asked for; whoever is only moved gets another one.</summary>
    private void Yield(StateDraft draft, SiblingClaim claim)
    {
        var attribute = draft.Asset.Type.Attribute(claim.Kind.Attribute)!;
        var value = draft.Get(attribute)!.Value;
        if (claim.Kind.Attribute == SortRank.Attribute && !draft.Asset.IsNew && value == draft.Before(attribute))
        {
            RuleDesk.Set(draft, SortRank.Attribute, SortRank.Of(desk.Scope.Ids.NewGuid()));
            draft.SiblingKeys = draft.SiblingKeys with { After = KeysOf(draft, isAfter: true) };
            return;
        }

        desk.Report(claim.Kind.Taken, draft, $"attributes.{claim.Kind.Attribute}", claim.Kind.Message(value.AsText()!));
    }

    private ImmutableArray<AssetKey> KeysOf(StateDraft draft, bool isAfter) => [.. Of(draft, isAfter).Select(claim => claim.Key)];

    private IEnumerable<SiblingClaim> Of(StateDraft draft, bool isAfter) =>
        RuleBook.For(draft.Asset.Type).Names!.Claims(new SiblingView(desk, draft, isAfter));
}
