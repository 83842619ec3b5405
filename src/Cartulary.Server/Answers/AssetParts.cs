using System.Text.Json;
using Cartulary.Core.Assets;

namespace Cartulary.Server.Answers;

/// <summary>Pieces that the long and the short form of an asset share.</summary>
internal static class AssetParts
{
    /// <summary>Writes who created and changed an asset, and when.</summary>
    public static void WriteStamps(Utf8JsonWriter writer, CommitStamp created, CommitStamp updated)
    {
        writer.WriteString("createdBy"u8, created.Actor);
        writer.WriteString("updatedBy"u8, updated.Actor);
        writer.WriteNumber("createTime"u8, created.Time);
        writer.WriteNumber("updateTime"u8, updated.Time);
    }
}
