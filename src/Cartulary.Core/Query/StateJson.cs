using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Parts of a state as JSON text, spelled as the envelopes spell them, so that the two can be compared.</summary>
public static class StateJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One value.</summary>
    public static string Value(CanonicalValue value, TypeRegistry registry) => Text(writer => ValueJson.Write(writer, value, registry));

    /// <summary>The attributes of a state as an object.</summary>
    public static string Attributes(AssetState state, TypeRegistry registry) => Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var attribute in state.Attributes)
        {
            writer.WritePropertyName(registry.Attribute(attribute.AttributeId).EncodedName);
            ValueJson.Write(writer, attribute.Value, registry);
        }

        writer.WriteEndObject();
    });

    /// <summary>Labels as an array.</summary>
    public static string Labels(ImmutableArray<string> labels) => Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var label in labels)
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
    });

    /// <summary>Custom attributes as an object.</summary>
    public static string CustomAttributes(ImmutableSortedDictionary<string, string> custom) => Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var (key, value) in custom)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    });

    /// <summary>Tags as an array.</summary>
    public static string Tags(AssetState state, AssetStatus status, TypeRegistry registry) => Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var tag in state.Tags)
        {
            TagJson.Write(writer, tag, status, registry);
        }

        writer.WriteEndArray();
    });

    internal static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
