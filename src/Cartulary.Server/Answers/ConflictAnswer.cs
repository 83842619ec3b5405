using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;

namespace Cartulary.Server.Answers;

/// <summary>What a client learns when an asset has not the version that it expects.</summary>
internal static class ConflictAnswer
{
    /// <summary>Writes the members into an object that is open: the versions expected, the one there is, and the asset as it is.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, VersionConflict conflict)
    {
        writer.WriteStartArray("expectedVersions"u8);
        foreach (var version in conflict.Expected)
        {
            writer.WriteNumberValue(version);
        }

        writer.WriteEndArray();
        writer.WriteNumber("presentVersion"u8, conflict.Present?.Version ?? 0);
        if (conflict.Present is { } asset)
        {
            writer.WritePropertyName("entity"u8);
            var type = conflict.Registry.Entity(asset.TypeId);
            AssetAnswer.Write(writer, new AssetView(asset, type, conflict.Registry, [], []), withEdges: false);
        }
    }
}
