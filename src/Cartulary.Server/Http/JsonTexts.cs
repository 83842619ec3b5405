using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Server.Http;

/// <summary>Lists of texts in JSON.</summary>
internal static class JsonTexts
{
    /// <summary>Writes a list under a name.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<string> texts)
    {
        writer.WritePropertyName(name);
        Write(writer, texts);
    }

    /// <summary>Writes a list.</summary>
    public static void Write(Utf8JsonWriter writer, ImmutableArray<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
