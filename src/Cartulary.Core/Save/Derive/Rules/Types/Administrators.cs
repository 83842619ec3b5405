using System.Collections.Frozen;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>
/// Assets that somebody administers. Whoever creates one, or says who its administrators are, is one of them, so that the
/// same request sent again changes nothing.
/// </summary>
internal static class Administrators
{
    private const string Users = "adminUsers";

    /// <summary>The attributes that name administrators; one of them has to name some.</summary>
    public static readonly FrozenSet<string> Lists = FrozenSet.Create(StringComparer.Ordinal, Users, "adminGroups", "adminRoles");

    /// <summary>Adds whoever saves to the administrators that the request names.</summary>
    public static void AddCaller(RuleDesk desk, StateDraft draft)
    {
        var actor = desk.Scope.Context.Actor;
        if (draft.Asset.Type.Attribute(Users) is not { } attribute || (!draft.Asset.IsNew && draft.Said?.ContainsKey(attribute) != true))
        {
            return;
        }

        var named = draft.Get(attribute) is { } value ? TextList.Read(value) : [];
        draft.Set(attribute, TextList.Of(named.Append(actor)));
    }

    /// <summary>Refuses to leave an asset that has administrators without any.</summary>
    public static void CheckSome(RuleDesk desk, StateDraft draft)
    {
        var attributes = Lists.Select(draft.Asset.Type.Attribute).OfType<AssetAttribute>().ToList();
        if (!draft.Asset.IsNew && attributes.Any(attribute => draft.Before(attribute) is not null) && attributes.All(attribute => draft.Get(attribute) is null))
        {
            desk.Report(ErrorCodes.NoAdministrator, draft, $"attributes.{Users}", $"Admin list should not be empty for type {draft.Asset.Type.Name}");
        }
    }
}
