using System.Collections.Frozen;

namespace Cartulary.Core.Types;

/// <summary>A primitive value type; one instance per kind.</summary>
public sealed class PrimitiveType : DataType
{
    private static readonly FrozenDictionary<string, PrimitiveType> ByName = Enum.GetValues<PrimitiveKind>()
        .ToFrozenDictionary(NameOf, kind => new PrimitiveType(kind), StringComparer.Ordinal);

    private PrimitiveType(PrimitiveKind kind)
        : base(NameOf(kind)) => Kind = kind;

    /// <summary>Which primitive this is.</summary>
    public PrimitiveKind Kind { get; }

    /// <summary>The primitive of a kind.</summary>
    public static PrimitiveType Of(PrimitiveKind kind) => ByName[NameOf(kind)];

    /// <summary>The primitive of that name, or null when the name is no primitive.</summary>
    public static PrimitiveType? Find(string name) => ByName.GetValueOrDefault(name);

    private static string NameOf(PrimitiveKind kind) => kind.ToString().ToLowerInvariant();
}
