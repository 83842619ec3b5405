using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Brings a stored definition up to a newer one of the program without taking anything away.</summary>
internal static class TypeMerge
{
    /// <summary>What is wanted, with what the stored definition has beside.</summary>
    /// <exception cref="InvalidTypeException">They are of different categories.</exception>
    public static TypeDef Merge(TypeDef stored, TypeDef wanted) => (stored, wanted) switch
    {
        (EnumDef had, EnumDef want) => want with { ElementDefs = Merge(had.ElementDefs, want.ElementDefs, element => element.Value, (_, newer) => newer) },
        (StructDef had, StructDef want) => want with { AttributeDefs = Merge(had.AttributeDefs, want.AttributeDefs) },
        (EntityDef had, EntityDef want) => want with { AttributeDefs = Merge(had.AttributeDefs, want.AttributeDefs), SuperTypes = Merge(had.SuperTypes, want.SuperTypes) },
        (ClassificationDef had, ClassificationDef want) => want with { AttributeDefs = Merge(had.AttributeDefs, want.AttributeDefs), SuperTypes = Merge(had.SuperTypes, want.SuperTypes) },
        (RelationshipDef had, RelationshipDef want) => want with { AttributeDefs = Merge(had.AttributeDefs, want.AttributeDefs) },
        (BusinessMetadataDef had, BusinessMetadataDef want) => want with { AttributeDefs = Merge(had.AttributeDefs, want.AttributeDefs) },
        _ => throw new InvalidTypeException($"The catalog has a {stored.Category} named {stored.Name}, where the program needs a {wanted.Category}."),
    };

    private static ImmutableArray<AttributeDef> Merge(ImmutableArray<AttributeDef> stored, ImmutableArray<AttributeDef> wanted) =>
        Merge(stored, wanted, attribute => attribute.Name, (had, want) => had.TypeName == want.TypeName ? want : had);

    private static ImmutableArray<string> Merge(ImmutableArray<string> stored, ImmutableArray<string> wanted) =>
        Merge(stored, wanted, name => name, (_, newer) => newer);

    private static ImmutableArray<T> Merge<T>(ImmutableArray<T> stored, ImmutableArray<T> wanted, Func<T, string> name, Func<T, T, T> both)
    {
        var had = stored.ToDictionary(name, StringComparer.Ordinal);
        var names = wanted.Select(name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. wanted.Select(item => had.TryGetValue(name(item), out var known) ? both(known, item) : item),
            .. stored.Where(item => !names.Contains(name(item))),
        ];
    }
}
