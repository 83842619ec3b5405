using System.Buffers;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;

namespace Cartulary.Server.Answers.Search;

/// <summary>Custom attributes as one JSON text, which is how searches tell them.</summary>
internal static class CustomAttributesJson
{
    /// <summary>The text.</summary>
    public static string Text(AssetState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in state.CustomAttributes)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
