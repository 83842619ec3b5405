namespace Cartulary.Core.Types;

/// <summary>Tells what a definition says from who installed it when.</summary>
internal static class TypeContent
{
    /// <summary>Whether two definitions say the same.</summary>
    public static bool AreSame(TypeDef one, TypeDef other) =>
        TypeDefJson.Serialize(Unstamped(one)).AsSpan().SequenceEqual(TypeDefJson.Serialize(Unstamped(other)));

    /// <summary>A definition as it is installed, new or instead of one before it.</summary>
    public static TypeDef Stamp(TypeDef definition, TypeDef? before, string actor, long time, Func<Guid> newGuid) => definition with
    {
        Guid = before?.Guid ?? newGuid(),
        CreatedBy = before?.CreatedBy ?? actor,
        CreateTime = before?.CreateTime ?? time,
        UpdatedBy = actor,
        UpdateTime = time,
        Version = (before?.Version ?? 0) + 1,
    };

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
