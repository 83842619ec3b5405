using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Decides which definitions of a bundle a store lacks, and numbers them.</summary>
public static class TypeInstaller
{
    /// <summary>
    /// The definitions to write so that <paramref name="stored"/> holds all of <paramref name="wanted"/>: new types, and
    /// known ones whose definition differs. Numbers already given are kept; new ones go on from the highest.
    /// Empty when nothing differs.
    /// </summary>
    public static ImmutableArray<StoredType> Plan(
        IReadOnlyCollection<StoredType> stored, TypesDef wanted, string actor, long time, Func<Guid> newGuid)
    {
        var byName = stored.ToDictionary(type => type.Definition.Name, StringComparer.Ordinal);
        var nextType = stored.Select(type => type.Id).DefaultIfEmpty(0).Max() + 1;
        var nextAttribute = stored.SelectMany(type => type.AttributeIds.Values).DefaultIfEmpty(0).Max() + 1;
        var changes = ImmutableArray.CreateBuilder<StoredType>();
        foreach (var definition in wanted.All())
        {
            var known = byName.GetValueOrDefault(definition.Name);
            if (known is not null && SameContent(known.Definition, definition))
            {
                continue;
            }

            var ids = known?.AttributeIds ?? ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
            foreach (var attribute in definition.OwnAttributes.Where(attribute => !ids.ContainsKey(attribute.Name)))
            {
                ids = ids.Add(attribute.Name, nextAttribute++);
            }

            changes.Add(new StoredType(known?.Id ?? nextType++, Stamp(definition, known?.Definition, actor, time, newGuid), ids));
        }

        return changes.ToImmutable();
    }

    private static TypeDef Stamp(TypeDef definition, TypeDef? before, string actor, long time, Func<Guid> newGuid) => definition with
    {
        Guid = before?.Guid ?? newGuid(),
        CreatedBy = before?.CreatedBy ?? actor,
        CreateTime = before?.CreateTime ?? time,
        UpdatedBy = actor,
        UpdateTime = time,
        Version = (before?.Version ?? 0) + 1,
    };

    private static bool SameContent(TypeDef stored, TypeDef wanted) => TypeDefJson.Serialize(Unstamped(stored)).AsSpan()
        .SequenceEqual(TypeDefJson.Serialize(Unstamped(wanted)));

    private static TypeDef Unstamped(TypeDef definition) => definition with
    {
        Guid = null,
        CreatedBy = null,
        CreateTime = null,
        UpdatedBy = null,
        UpdateTime = null,
        Version = 0,
    };
}
