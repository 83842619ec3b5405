using System.Buffers;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Export;

/// <summary>
/// Writes values with the members of objects in ordinal order: the order of their numbers, in which others write them, is that of
/// one catalog only.
/// </summary>
internal static class OrderedJson
{
    /// <summary>Writes attributes as an object, by name.</summary>
    public static void WriteAttributes(Utf8JsonWriter writer, IEnumerable<AttributeValue> values, TypeRegistry registry)
    {
        writer.WriteStartObject();
        foreach (var (attribute, value) in values
            .Select(value => (Attribute: registry.Attribute(value.AttributeId), value.Value))
            .OrderBy(pair => pair.Attribute.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(attribute.EncodedName);
            WriteValue(writer, value, registry);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, CanonicalValue value, TypeRegistry registry)
    {
        if (value.Span[0] is not ((byte)CanonicalTag.Array or (byte)CanonicalTag.Map or (byte)CanonicalTag.Struct))
        {
            ValueJson.Write(writer, value, registry);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var plain = new Utf8JsonWriter(buffer))
        {
            ValueJson.Write(plain, value, registry);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1_000 });
        Write(writer, document.RootElement);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
