using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>
/// Writes what an event changed with each value before and after side by side; the same difference that the envelope tells
/// in two objects. Members without a change are left out.
/// </summary>
internal static class DifferenceWriter
{
    /// <summary>Writes the members of the difference into an object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, EventToRender source)
    {
        var (record, body) = (source.Record, source.Record.Body);
        WriteTags(writer, source);
        WriteCustomMetadata(writer, source);
        if (record.Kind == EventKind.EntityCreate)
        {
            WriteCreation(writer, source);
            return;
        }

        WriteAttributes(writer, source, body.Attributes);
        if (body.Status is { } status)
        {
            WriteStatus(writer, status.Before, status.After);
        }

        if (body.Labels is { } labels)
        {
            WriteLabels(writer, labels.Before, labels.After);
        }

        if (body.CustomAttributes is { } custom)
        {
            WriteCustomAttributes(writer, custom.Before, custom.After);
        }

        DetailsWriter.WriteDeltas(writer, "addedRelationshipAttributes", source, body.Added);
        DetailsWriter.WriteDeltas(writer, "removedRelationshipAttributes", source, body.Removed);
        if (!body.Changed.IsEmpty)
        {
            writer.WriteStartObject("updatedRelationshipAttributes"u8);
            DetailsWriter.WriteEdgeChanges(writer, "before", source, after: false);
            DetailsWriter.WriteEdgeChanges(writer, "after", source, after: true);
            writer.WriteEndObject();
        }
    }

    /// <summary>Tags that came, went, or stay and say something else; each kind under a member of its own.</summary>
    private static void WriteTags(Utf8JsonWriter writer, EventToRender source)
    {
        foreach (var kind in source.Record.Body.Tags.GroupBy(change => change.Kind))
        {
            var (before, after) = (kind.Select(change => change.Before), kind.Select(change => change.After));
            switch (kind.Key)
            {
                case EventKind.ClassificationAdd:
                    WriteTags(writer, "addedClassifications"u8, after, source);
                    break;
                case EventKind.ClassificationDelete:
                    WriteTags(writer, "removedClassifications"u8, before, source);
                    break;
                default:
                    writer.WriteStartObject("updatedClassifications"u8);
                    WriteTags(writer, "before"u8, before, source);
                    WriteTags(writer, "after"u8, after, source);
                    writer.WriteEndObject();
                    break;
            }
        }
    }

    private static void WriteTags(Utf8JsonWriter writer, ReadOnlySpan<byte> member, IEnumerable<AssetTag?> tags, EventToRender source) =>
        TagJson.WriteList(writer, member, tags.OfType<AssetTag>(), source.Record.Status, source.Registry);

    private static void WriteCustomMetadata(Utf8JsonWriter writer, EventToRender source)
    {
        var changes = source.Record.Body.CustomMetadata;
        if (changes.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("businessAttributes"u8);
        writer.WritePropertyName("before"u8);
        MetadataJson.Write(writer, changes.Select(change => (change.AttributeId, change.Before)), source.Registry);
        writer.WritePropertyName("after"u8);
        MetadataJson.Write(writer, changes.Select(change => (change.AttributeId, change.After)), source.Registry);
        writer.WriteEndObject();
    }

    /// <summary>Everything an asset is created with was not there before.</summary>
    private static void WriteCreation(Utf8JsonWriter writer, EventToRender source)
    {
        var state = source.State;
        WriteAttributes(writer, source, [.. state.Attributes.Select(attribute => new AttributeChange(attribute.AttributeId, null, attribute.Value))]);
        WriteStatus(writer, before: null, source.Record.Status);
        if (!state.Labels.IsEmpty)
        {
            WriteLabels(writer, [], state.Labels);
        }

        if (!state.CustomAttributes.IsEmpty)
        {
            WriteCustomAttributes(writer, ImmutableSortedDictionary<string, string>.Empty, state.CustomAttributes);
        }

        DetailsWriter.WriteDeltas(writer, "addedRelationshipAttributes", source, source.Record.Body.Added);
    }

    private static void WriteAttributes(Utf8JsonWriter writer, EventToRender source, ImmutableArray<AttributeChange> changes)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("attributes"u8);
        foreach (var change in changes)
        {
            writer.WriteStartObject(source.Registry.Attribute(change.AttributeId).EncodedName);
            WriteValue(writer, "before"u8, change.Before, source);
            WriteValue(writer, "after"u8, change.After, source);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> member, CanonicalValue? value, EventToRender source)
    {
        writer.WritePropertyName(member);
        if (value is { } present)
        {
            ValueJson.Write(writer, present, source.Registry);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteStatus(Utf8JsonWriter writer, AssetStatus? before, AssetStatus after)
    {
        writer.WriteStartObject("status"u8);
        writer.WriteString("before"u8, before is { } known ? NameOf(known) : null);
        writer.WriteString("after"u8, NameOf(after));
        writer.WriteEndObject();
    }

    private static string NameOf(AssetStatus status) => status == AssetStatus.Active ? "ACTIVE" : "DELETED";

    private static void WriteLabels(Utf8JsonWriter writer, ImmutableArray<string> before, ImmutableArray<string> after)
    {
        writer.WriteStartObject("labels"u8);
        WriteTexts(writer, "before"u8, before);
        WriteTexts(writer, "after"u8, after);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> member, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(member);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteCustomAttributes(
        Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> after)
    {
        writer.WriteStartObject("customAttributes"u8);
        WriteMap(writer, "before"u8, before);
        WriteMap(writer, "after"u8, after);
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, ReadOnlySpan<byte> member, ImmutableSortedDictionary<string, string> map)
    {
        writer.WriteStartObject(member);
        foreach (var (key, value) in map)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
