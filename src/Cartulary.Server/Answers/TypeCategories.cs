using System.Collections.Immutable;
using Cartulary.Core.Types;
using Cartulary.Core.Types.Changes;

namespace Cartulary.Server.Answers;

/// <summary>How the categories of definitions are called in addresses and answers.</summary>
internal static class TypeCategories
{
    /// <summary>Every category with the list of the bundle that holds it, in the order of the answer.</summary>
    public static ImmutableArray<(TypeCategory Category, string List)> Lists => TypesRequest.Lists;

    /// <summary>The category as answers write it.</summary>
    public static string TextOf(TypeCategory category) => category switch
    {
        TypeCategory.BusinessMetadata => "BUSINESS_METADATA",
        _ => category.ToString().ToUpperInvariant(),
    };

    /// <summary>The category of a text in any case, or null.</summary>
    public static TypeCategory? Parse(string text)
    {
        foreach (var (category, _) in Lists)
        {
            if (TextOf(category).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return category;
            }
        }

        return null;
    }
}
