using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Server.Answers;

/// <summary>Answers about the tags of an asset.</summary>
internal static class TagAnswer
{
    /// <summary>Writes all tags of an asset, as the one page that there is.</summary>
    public static void WriteList(Utf8JsonWriter writer, AssetView view)
    {
        var tags = view.Asset.State.Tags;
        writer.WriteStartObject();
        TagJson.WriteList(writer, "list"u8, tags, view.Asset.Status, view.Registry);
        writer.WriteNumber("startIndex"u8, 0);
        writer.WriteNumber("pageSize"u8, tags.Length);
        writer.WriteNumber("totalCount"u8, tags.Length);
        writer.WriteString("sortType"u8, "NONE"u8);
        writer.WriteEndObject();
    }

    /// <summary>Writes one tag of an asset.</summary>
    public static void WriteOne(Utf8JsonWriter writer, (AssetView View, AssetTag Tag) answer) =>
        TagJson.Write(writer, answer.Tag, answer.View.Asset.Status, answer.View.Registry);
}
