using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Query.Search;

/// <summary>What a search sees of an asset.</summary>
/// <param name="Asset">The asset's number.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="Fields">The fields that have values, each once.</param>
/// <param name="DependsOn">Other assets whose names it holds: when one of them gets another name, it is another document.</param>
public sealed record SearchDocument(AssetId Asset, Guid Guid, ImmutableArray<SearchFieldValues> Fields, ImmutableArray<Guid> DependsOn)
{
    /// <summary>The values of a field; none when it has none.</summary>
    public ImmutableArray<string> Values(SearchField field)
    {
        foreach (var values in Fields)
        {
            if (string.Equals(values.Field.Name, field.Name, StringComparison.Ordinal))
            {
                return values.Values;
            }
        }

        return [];
    }
}

/// <summary>The values of one field, at least one.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">
/// The values, each once: whole texts, those of a folded field in lower case already; texts whose words
/// <see cref="SearchWords.Of"/> gives; whole numbers and times in decimal; other numbers in the shortest form that is read back
/// the same; true or false.
/// </param>
public sealed record SearchFieldValues(SearchField Field, ImmutableArray<string> Values);
