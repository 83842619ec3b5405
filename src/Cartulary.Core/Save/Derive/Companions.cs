using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Sets what a request says of attributes, and stamps the companions of those that really change: who certified, and when.
/// </summary>
internal static class Companions
{
    public static void Apply(StateDraft draft, IReadOnlyDictionary<AssetAttribute, CanonicalValue?> said, string actor)
    {
        var type = draft.Asset.Type;
        HashSet<AssetAttribute>? users = null;
        HashSet<AssetAttribute>? timestamps = null;
        foreach (var (attribute, value) in said)
        {
            if (value is null && type.CompanionNames.Contains(attribute.Name))
            {
                continue;
            }

            draft.Set(attribute, value);
            if (value is not null && ReallyChanges(draft, attribute))
            {
                Collect(type, attribute.UserCompanions, users ??= []);
                Collect(type, attribute.TimestampCompanions, timestamps ??= []);
            }
        }

        if (users is null || timestamps is null)
        {
            return;
        }

        foreach (var companion in users.Where(companion => !IsGiven(draft, companion, said)))
        {
            draft.Set(companion, CanonicalValue.FromText(actor));
        }

        foreach (var companion in timestamps.Where(companion => !IsGiven(draft, companion, said)))
        {
            draft.Stamp(companion);
        }
    }

    private static bool ReallyChanges(StateDraft draft, AssetAttribute attribute) =>
        !(attribute.UserCompanions.IsEmpty && attribute.TimestampCompanions.IsEmpty)
        && draft.Get(attribute) is { } after
        && after != (draft.Asset.IsNew ? attribute.Default : draft.Before(attribute));

    /// <summary>A companion equal to what is stored counts as not given: it is what a reader was told before.</summary>
    private static bool IsGiven(StateDraft draft, AssetAttribute companion, IReadOnlyDictionary<AssetAttribute, CanonicalValue?> said) =>
        said.TryGetValue(companion, out var value) && value is not null && value != draft.Before(companion);

    private static void Collect(EntityType type, IEnumerable<string> names, HashSet<AssetAttribute> into) =>
        into.UnionWith(names.Select(type.Attribute).OfType<AssetAttribute>());
}
