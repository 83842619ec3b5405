using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers;

/// <summary>How an asset is called in answers.</summary>
internal static class AssetNames
{
    /// <summary>The asset's qualified name, or null.</summary>
    public static string? QualifiedName(AssetState state, EntityType type) => Text(state, type, "qualifiedName");

    /// <summary>The text to show for an asset: its name, else its qualified name, else null.</summary>
    public static string? DisplayText(AssetState state, EntityType type) => Text(state, type, "name") ?? QualifiedName(state, type);

    /// <summary>The status as clients know it.</summary>
    public static ReadOnlySpan<byte> Status(AssetStatus status) => status == AssetStatus.Active ? "ACTIVE"u8 : "DELETED"u8;

    private static string? Text(AssetState state, EntityType type, string name) =>
        type.Attribute(name) is { } attribute ? state.Find(attribute.Id)?.AsText() : null;
}
