using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Gives numbers to types and attributes: each goes on from the highest there ever was.</summary>
internal sealed class TypeNumbers(IReadOnlyCollection<StoredType> stored)
{
    private int _type = stored.Select(type => type.Id).DefaultIfEmpty(0).Max();
    private int _attribute = stored.SelectMany(type => type.AttributeIds.Values).DefaultIfEmpty(0).Max();

    /// <summary>A definition with its numbers; those already given are kept.</summary>
    public StoredType Number(TypeDef definition, StoredType? known)
    {
        var ids = known?.AttributeIds ?? ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
        foreach (var attribute in definition.OwnAttributes.Where(attribute => !ids.ContainsKey(attribute.Name)))
        {
            ids = ids.Add(attribute.Name, ++_attribute);
        }

        return new StoredType(known?.Id ?? ++_type, definition, ids);
    }
}
