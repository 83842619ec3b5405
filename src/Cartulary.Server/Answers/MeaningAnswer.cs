using System.Text.Json;
using Cartulary.Core.Query;

namespace Cartulary.Server.Answers;

/// <summary>The terms of an asset.</summary>
internal static class MeaningAnswer
{
    /// <summary>Writes <c>meanings</c> and <c>meaningNames</c> into an asset that is open.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyCollection<EdgeView> terms)
    {
        writer.WriteStartArray("meaningNames"u8);
        foreach (var term in terms)
        {
            writer.WriteStringValue(NameOf(term));
        }

        writer.WriteEndArray();
        WriteList(writer, terms);
    }

    /// <summary>Writes <c>meanings</c> into an asset that is open.</summary>
    public static void WriteList(Utf8JsonWriter writer, IEnumerable<EdgeView> terms)
    {
        writer.WriteStartArray("meanings"u8);
        foreach (var term in terms)
        {
            writer.WriteStartObject();
            writer.WriteString("termGuid"u8, term.Other.Guid);
            writer.WriteString("relationGuid"u8, term.Guid);
            writer.WriteString("displayText"u8, NameOf(term));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string NameOf(EdgeView term) => AssetNames.DisplayText(term.Other.State, term.OtherType) ?? "";
}
