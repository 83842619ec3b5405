using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>Display names are what people go by: a tag or a set of custom metadata must be the only one of its kind with one.</summary>
internal static class DisplayNameRules
{
    /// <summary>Notes display names of a request that others have.</summary>
    public static void Check(TypeScene scene, IReadOnlyCollection<RequestedType> types, TypeChangeManner manner)
    {
        foreach (var type in types)
        {
            if (type.Definition is BusinessMetadataDef set)
            {
                CheckAttributes(scene, set, type.Path);
            }

            if (!manner.SharesDisplayNames && !type.SharesDisplayName && Shown(type.Definition) is { } shown && Others(scene, type.Definition).Contains(shown, StringComparer.Ordinal))
            {
                scene.Refuse(ErrorCodes.DisplayNameTaken, $"{type.Path}.displayName", $"Given type {shown} already exists");
            }
        }
    }

    private static IEnumerable<string> Others(TypeScene scene, TypeDef definition) =>
        scene.All.Where(other => other.Category == definition.Category && other.Name != definition.Name).Select(Shown).OfType<string>();

    private static string? Shown(TypeDef definition) => definition switch
    {
        ClassificationDef tag => tag.DisplayName ?? tag.Name,
        BusinessMetadataDef set => set.DisplayName ?? set.Name,
        _ => null,
    };

    private static void CheckAttributes(TypeScene scene, BusinessMetadataDef set, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < set.AttributeDefs.Length; place++)
        {
            var attribute = set.AttributeDefs[place];
            if (!names.Add(attribute.DisplayName ?? attribute.Name))
            {
                scene.Refuse(
                    ErrorCodes.AttributeDisplayNameTaken,
                    $"{path}.attributeDefs[{place}].displayName",
                    $"Given attributeDef {attribute.DisplayName ?? attribute.Name} for type {set.DisplayName ?? set.Name} already exists");
            }
        }
    }
}
