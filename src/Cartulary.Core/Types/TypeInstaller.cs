using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Decides which definitions of a bundle a store lacks, and numbers them.</summary>
public static class TypeInstaller
{
    /// <summary>
    /// The definitions to write so that <paramref name="stored"/> holds all of <paramref name="wanted"/>: new types, and
    /// known ones that lack something or say it otherwise. What a known one has beside, such as attributes that a client has
    /// added, is kept, and so is the type of each attribute, since values may be stored. Empty when nothing differs.
    /// </summary>
    public static ImmutableArray<StoredType> Plan(
        IReadOnlyCollection<StoredType> stored, TypesDef wanted, string actor, long time, Func<Guid> newGuid)
    {
        var byName = stored.Where(type => !type.IsRemoved).ToDictionary(type => type.Definition.Name, StringComparer.Ordinal);
        var numbers = new TypeNumbers(stored);
        var changes = ImmutableArray.CreateBuilder<StoredType>();
        foreach (var definition in wanted.All())
        {
            var known = byName.GetValueOrDefault(definition.Name);
            var merged = known is null ? definition : TypeMerge.Merge(known.Definition, definition);
            if (known is null || !TypeContent.AreSame(known.Definition, merged))
            {
                changes.Add(numbers.Number(TypeContent.Stamp(merged, known?.Definition, actor, time, newGuid), known));
            }
        }

        return changes.ToImmutable();
    }
}
