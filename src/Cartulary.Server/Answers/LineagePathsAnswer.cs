using System.Text.Json;
using Cartulary.Core.Lineage;

namespace Cartulary.Server.Answers;

/// <summary>The answer to a search for paths.</summary>
internal static class LineagePathsAnswer
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, LineagePaths paths)
    {
        writer.WriteStartObject();
        writer.WriteString("from"u8, paths.Start);
        writer.WriteString("to"u8, paths.End);
        writer.WriteStartArray("paths"u8);
        foreach (var path in paths.Paths)
        {
            writer.WriteStartObject();
            writer.WriteNumber("length"u8, path.Length);
            writer.WriteStartArray("guids"u8);
            foreach (var guid in path.Guids)
            {
                writer.WriteStringValue(guid);
            }

            writer.WriteEndArray();
            LineageGraphAnswer.WriteRelations(writer, path.Relations);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        LineageHeader.WriteMap(writer, paths.Assets, LineageWishes.Names);
        writer.WriteBoolean("hasMore"u8, paths.HasMore);
        LineageListAnswer.WriteReached(writer, paths.Reached);
        writer.WriteEndObject();
    }
}
