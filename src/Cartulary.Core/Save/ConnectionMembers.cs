using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>What belongs to a connection: assets whose names are below its name, and those that name it as theirs.</summary>
internal static class ConnectionMembers
{
    private const string ConnectionName = "connectionQualifiedName";
    private const string QualifiedName = "qualifiedName";

    /// <summary>Whether a stored asset belongs to a connection that is being deleted.</summary>
    public static bool Covers(this RunningDeletion deletion, BatchAsset asset) =>
        asset.Stored is { } stored && deletion.Covers(asset.Type, stored.State);

    /// <summary>Whether an asset with a state belongs to a connection that is being deleted.</summary>
    public static bool Covers(this RunningDeletion deletion, EntityType type, AssetState state) =>
        deletion.Covers(Text(type, state, QualifiedName), Text(type, state, ConnectionName));

    /// <summary>The key by which an asset is found that names a connection and has its own name elsewhere; null for all others.</summary>
    public static AssetKey? KeyOf(EntityType type, AssetState state)
    {
        if (Text(type, state, ConnectionName) is not { Length: > 0 } connection)
        {
            return null;
        }

        var name = Text(type, state, QualifiedName);
        var isBelow = name is not null && name.StartsWith(connection, StringComparison.Ordinal)
            && (name.Length == connection.Length || name[connection.Length] == '/');
        return isBelow ? null : new AssetKey(DerivedKeys.Connection, connection);
    }

    private static string? Text(EntityType type, AssetState state, string name) =>
        type.Attribute(name) is { } attribute ? state.Find(attribute.Id)?.AsText() : null;
}
