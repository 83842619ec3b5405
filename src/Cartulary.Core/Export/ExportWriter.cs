using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Export;

/// <summary>Writes the lines of an export; the layout is in docs/formats/export.md. The same catalog always gives the same bytes.</summary>
/// <param name="registry">The types.</param>
/// <param name="known">How many lines the reader has: so many are passed over.</param>
internal sealed class ExportWriter(TypeRegistry registry, long known)
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly string[] Stamps = ["guid", "createdBy", "createTime", "updatedBy", "updateTime", "version"];

    private ArrayBufferWriter<byte> _buffer = new();
    private long _known = known;

    /// <summary>What has been written since it was taken last, a line each.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var written = _buffer.WrittenMemory;
        _buffer = new ArrayBufferWriter<byte>();
        return written;
    }

    /// <summary>Passes over lines that would be written next, as many as the reader has and at most so many; says how many those are.</summary>
    public int PassOver(int lines)
    {
        var passed = (int)Math.Min(_known, lines);
        _known -= passed;
        return passed;
    }

    /// <summary>Writes the first line.</summary>
    public void WriteStart() => WriteLine(static writer => writer.WriteNumber("cartularyExport"u8, Version));

    /// <summary>Writes a definition, without what the catalog says of it.</summary>
    public void WriteType(TypeDef definition)
    {
        var json = JsonNode.Parse(TypeDefJson.Serialize(definition))!.AsObject();
        foreach (var stamp in Stamps)
        {
            json.Remove(stamp);
        }

        WriteLine(writer =>
        {
            writer.WritePropertyName("typedef"u8);
            json.WriteTo(writer);
        });
    }

    /// <summary>Writes an asset with its edges to assets that come before it.</summary>
    public void WriteAsset(StoredAsset asset, IEnumerable<AssetTag> tags, IEnumerable<StoredEdge> edges) => WriteLine(writer =>
    {
        writer.WriteStartObject("asset"u8);
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("typeName"u8, registry.Entity(asset.TypeId).EncodedName);
        writer.WriteString("status"u8, asset.Status == AssetStatus.Active ? "ACTIVE"u8 : "DELETED"u8);
        writer.WritePropertyName("attributes"u8);
        OrderedJson.WriteAttributes(writer, asset.State.Attributes, registry);
        WriteAnnotations(writer, asset.State);
        WriteTags(writer, tags);
        WriteMetadata(writer, asset.State.CustomMetadata);
        WriteEdges(writer, asset, edges);
        writer.WriteEndObject();
    });

    /// <summary>Writes the guids of assets that were archived together.</summary>
    public void WriteArchived(IEnumerable<Guid> guids) => WriteLine(writer =>
    {
        writer.WriteStartArray("archived"u8);
        foreach (var guid in guids)
        {
            writer.WriteStringValue(guid);
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes the last line, by which a reader knows that none is missing.</summary>
    public void WriteEnd(int types, long assets, long archived) => WriteLine(writer =>
    {
        writer.WriteStartObject("end"u8);
        writer.WriteNumber("typedefs"u8, types);
        writer.WriteNumber("assets"u8, assets);
        writer.WriteNumber("archived"u8, archived);
        writer.WriteEndObject();
    });

    private static void WriteAnnotations(Utf8JsonWriter writer, AssetState state)
    {
        if (!state.Labels.IsEmpty)
        {
            writer.WriteStartArray("labels"u8);
            foreach (var label in state.Labels)
            {
                writer.WriteStringValue(label);
            }

            writer.WriteEndArray();
        }

        if (!state.CustomAttributes.IsEmpty)
        {
            writer.WriteStartObject("customAttributes"u8);
            foreach (var (key, value) in state.CustomAttributes)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }
    }

    private void WriteTags(Utf8JsonWriter writer, IEnumerable<AssetTag> tags)
    {
        var sorted = tags.OrderBy(tag => registry.Classification(tag.TypeId).Name, StringComparer.Ordinal).ThenBy(tag => tag.Source).ToList();
        if (sorted.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("classifications"u8);
        foreach (var tag in sorted)
        {
            writer.WriteStartObject();
            writer.WriteString("typeName"u8, registry.Classification(tag.TypeId).EncodedName);
            writer.WriteString("entityGuid"u8, tag.Source);
            writer.WriteBoolean("propagate"u8, tag.Propagate);
            writer.WriteBoolean("removePropagationsOnEntityDelete"u8, tag.RemovePropagationsOnEntityDelete);
            writer.WriteBoolean("restrictPropagationThroughLineage"u8, tag.RestrictPropagationThroughLineage);
            writer.WriteBoolean("restrictPropagationThroughHierarchy"u8, tag.RestrictPropagationThroughHierarchy);
            if (!tag.Attributes.IsEmpty)
            {
                writer.WritePropertyName("attributes"u8);
                OrderedJson.WriteAttributes(writer, tag.Attributes, registry);
            }

            WritePeriods(writer, tag.ValidityPeriods);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePeriods(Utf8JsonWriter writer, ImmutableArray<TagValidity> periods)
    {
        if (periods.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("validityPeriods"u8);
        foreach (var period in periods)
        {
            writer.WriteStartObject();
            writer.WriteString("startTime"u8, period.StartTime);
            writer.WriteString("endTime"u8, period.EndTime);
            writer.WriteString("timeZone"u8, period.TimeZone);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteMetadata(Utf8JsonWriter writer, ImmutableArray<AttributeValue> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("businessAttributes"u8);
        foreach (var set in values.GroupBy(value => registry.Attribute(value.AttributeId).DeclaringType, StringComparer.Ordinal).OrderBy(set => set.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(set.Key);
            OrderedJson.WriteAttributes(writer, set, registry);
        }

        writer.WriteEndObject();
    }

    private void WriteEdges(Utf8JsonWriter writer, StoredAsset asset, IEnumerable<StoredEdge> edges)
    {
        var sorted = edges
            .Select(edge => (Relationship: registry.Relationship(edge.RelationshipId), Edge: edge, IsOne: edge.End1.Id == asset.Id))
            .Select(item => (item.Relationship, item.Edge, End: item.IsOne || item.Relationship.IsSymmetric ? 1 : 2, Other: item.IsOne ? item.Edge.End2.Guid : item.Edge.End1.Guid))
            .OrderBy(item => item.Relationship.Name, StringComparer.Ordinal)
            .ThenBy(item => item.End)
            .ThenBy(item => item.Other)
            .ToList();
        if (sorted.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("relationships"u8);
        foreach (var (relationship, edge, end, other) in sorted)
        {
            writer.WriteStartObject();
            writer.WriteString("typeName"u8, relationship.Name);
            writer.WriteNumber("end"u8, end);
            writer.WriteString("guid"u8, other);
            if (!edge.Attributes.Attributes.IsEmpty)
            {
                writer.WritePropertyName("attributes"u8);
                OrderedJson.WriteAttributes(writer, edge.Attributes.Attributes, registry);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        if (PassOver(1) == 1)
        {
            return;
        }

        using (var writer = new Utf8JsonWriter(_buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        _buffer.Write("\n"u8);
    }
}
