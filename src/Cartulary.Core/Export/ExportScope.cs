using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Export;

/// <summary>Which assets an export holds.</summary>
/// <param name="TypeNames">Those of these types and their subtypes; all when empty.</param>
/// <param name="Under">Those of this qualified name and below it, after a slash; all when null.</param>
public sealed record ExportScope(ImmutableArray<string> TypeNames, string? Under)
{
    /// <summary>The whole catalog.</summary>
    public static ExportScope All { get; } = new([], null);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsAll => TypeNames.IsEmpty && Under is null;

    /// <summary>Stands for it: the same for scopes that name the same types and the same qualified name, and otherwise hardly ever.</summary>
    public ulong Mark => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', TypeNames.Order(StringComparer.Ordinal).Append("").Append(Under))));

    /// <summary>Whether an asset is in it.</summary>
    public bool Holds(StoredAsset asset, TypeRegistry registry)
    {
        var type = registry.Entity(asset.TypeId);
        return (TypeNames.IsEmpty || TypeNames.Any(type.Is)) && (Under is null || IsUnder(asset.Text(type.Attribute("qualifiedName"))));
    }

    private bool IsUnder(string? name) => name is not null
        && name.StartsWith(Under!, StringComparison.Ordinal)
        && (name.Length == Under!.Length || name[Under.Length] == '/');
}
