using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Assets;

/// <summary>
/// Writes tags as JSON, in the form of Atlan's clients: periods are a list of texts, and each text is the period's own JSON. The
/// same tag always gives the same text.
/// </summary>
public static class TagJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one tag; <paramref name="status"/> is that of the asset that carries it.</summary>
    public static void Write(Utf8JsonWriter writer, AssetTag tag, AssetStatus status, TypeRegistry registry)
    {
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, registry.Classification(tag.TypeId).EncodedName);
        if (!tag.Attributes.IsEmpty)
        {
            writer.WriteStartObject("attributes"u8);
            foreach (var (id, value) in tag.Attributes)
            {
                writer.WritePropertyName(registry.Attribute(id).EncodedName);
                ValueJson.Write(writer, value, registry);
            }

            writer.WriteEndObject();
        }

        writer.WriteString("entityGuid"u8, tag.Source);
        writer.WriteString("entityStatus"u8, status == AssetStatus.Active ? "ACTIVE"u8 : "DELETED"u8);
        writer.WriteBoolean("propagate"u8, tag.Propagate);
        if (!tag.ValidityPeriods.IsEmpty)
        {
            WritePeriods(writer, tag);
        }

        writer.WriteBoolean("removePropagationsOnEntityDelete"u8, tag.RemovePropagationsOnEntityDelete);
        writer.WriteBoolean("restrictPropagationThroughLineage"u8, tag.RestrictPropagationThroughLineage);
        writer.WriteBoolean("restrictPropagationThroughHierarchy"u8, tag.RestrictPropagationThroughHierarchy);
        writer.WriteEndObject();
    }

    /// <summary>Writes tags as a list.</summary>
    public static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> member, IEnumerable<AssetTag> tags, AssetStatus status, TypeRegistry registry)
    {
        writer.WriteStartArray(member);
        foreach (var tag in tags)
        {
            Write(writer, tag, status, registry);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the names of the tags' types as a list, each once, in the order of the tags.</summary>
    public static void WriteNames(Utf8JsonWriter writer, ReadOnlySpan<byte> member, IEnumerable<AssetTag> tags, TypeRegistry registry)
    {
        writer.WriteStartArray(member);
        foreach (var typeId in tags.Select(tag => tag.TypeId).Distinct())
        {
            writer.WriteStringValue(registry.Classification(typeId).EncodedName);
        }

        writer.WriteEndArray();
    }

    private static void WritePeriods(Utf8JsonWriter writer, AssetTag tag)
    {
        writer.WriteStartArray("validityPeriods"u8);
        foreach (var period in tag.ValidityPeriods)
        {
            var text = new ArrayBufferWriter<byte>();
            using (var inner = new Utf8JsonWriter(text, Options))
            {
                WritePeriod(inner, period);
            }

            writer.WriteStringValue(text.WrittenSpan);
        }

        writer.WriteEndArray();
    }

    private static void WritePeriod(Utf8JsonWriter writer, TagValidity period)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in new[] { ("startTime", period.StartTime), ("endTime", period.EndTime), ("timeZone", period.TimeZone) })
        {
            if (text.Length > 0)
            {
                writer.WriteString(name, text);
            }
        }

        writer.WriteEndObject();
    }
}
