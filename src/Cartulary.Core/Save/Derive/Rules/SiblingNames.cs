using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>Names and places among siblings: what they may look like, and the keys that stand for them.</summary>
internal static class SiblingNames
{
    private const string Name = "name";

    private static readonly SiblingClaimKind RankKind = new(SortRank.Attribute, ErrorCodes.BadRequest, rank => $"Duplicate {SortRank.Attribute} {rank}");

    /// <summary>The claim of a name.</summary>
    public static SiblingClaimKind NameKind(ErrorCode taken, Func<string, string> message) => new(Name, taken, message);

    /// <summary>The claims of an asset: its name, and its place where it has one.</summary>
    /// <param name="view">The asset.</param>
    /// <param name="kind">The kind of the key of its name.</param>
    /// <param name="siblings">What stands for its siblings; null when it has none yet, and then nothing is claimed.</param>
    /// <param name="nameKind">How a taken name is refused.</param>
    public static IEnumerable<SiblingClaim> Claims(SiblingView view, int kind, string? siblings, SiblingClaimKind nameKind)
    {
        if (siblings is null)
        {
            yield break;
        }

        if (view.Text(Name) is { } name)
        {
            yield return new SiblingClaim(new AssetKey(kind, siblings.Length == 0 ? name : $"{siblings}/{name}"), nameKind);
        }

        if (view.Text(SortRank.Attribute) is { } rank)
        {
            yield return new SiblingClaim(new AssetKey(DerivedKeys.SortRank, $"{-kind}/{siblings}/{rank}"), RankKind);
        }
    }

    /// <summary>Trims a new name.</summary>
    /// <param name="desk">The save.</param>
    /// <param name="draft">The asset.</param>
    /// <param name="forbidden">A character that it may not hold; null for none.</param>
    public static void Trim(RuleDesk desk, StateDraft draft, char? forbidden)
    {
        var attribute = draft.Asset.Type.Attribute(Name)!;
        if (draft.Get(attribute) is not { } value || value == draft.Before(attribute))
        {
            return;
        }

        var text = value.AsText()!.Trim();
        draft.Set(attribute, CanonicalValue.FromText(text));
        if (text.Length == 0)
        {
            desk.Report(ErrorCodes.InvalidName, draft, $"attributes.{Name}", "name must not be empty");
        }
        else if (forbidden is { } character && text.Contains(character, StringComparison.Ordinal))
        {
            desk.Report(ErrorCodes.InvalidName, draft, $"attributes.{Name}", $"name cannot contain following special chars ('{character}')");
        }
    }

    /// <summary>A new asset is given a place when it says none; a place cannot be taken away.</summary>
    public static void Rank(RuleDesk desk, StateDraft draft)
    {
        if (draft.Asset.Type.Attribute(SortRank.Attribute) is not { } attribute)
        {
            return;
        }

        if (draft.Get(attribute) is not { } value)
        {
            draft.Set(attribute, draft.Asset.IsNew ? CanonicalValue.FromText(SortRank.Of(draft.Asset.Guid)) : draft.Before(attribute));
        }
        else if (value != draft.Before(attribute) && !SortRank.IsValid(value.AsText()!))
        {
            desk.Report(ErrorCodes.InvalidValue, draft, $"attributes.{SortRank.Attribute}", $"invalid value: {value.AsText()} is no {SortRank.Attribute}");
        }
    }
}
