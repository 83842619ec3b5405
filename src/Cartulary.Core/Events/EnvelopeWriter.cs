using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>
/// Writes the envelope of an event: Atlan's, field for field (Atlan, "Events"), and inside <c>message</c> what it lacks:
/// sequence, assetVersion, saveId, cause and previousDetails. The same event always gives the same bytes.
/// </summary>
public static class EnvelopeWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes one envelope as UTF-8 JSON.</summary>
    public static byte[] Write(EventToRender source)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        Write(source, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one envelope as UTF-8 JSON, on one line, to the end of a buffer.</summary>
    public static void Write(EventToRender source, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Options);
        WriteEnvelope(writer, source);
    }

    private static void WriteEnvelope(Utf8JsonWriter writer, EventToRender source)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("source"u8);
        writer.WriteEndObject();
        writer.WriteStartObject("version"u8);
        writer.WriteString("version"u8, "1.0.0"u8);
        writer.WriteStartArray("versionParts"u8);
        writer.WriteNumberValue(1);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("msgCompressionKind"u8, "NONE"u8);
        writer.WriteNumber("msgSplitIdx"u8, 1);
        writer.WriteNumber("msgSplitCount"u8, 1);
        writer.WriteString("msgSourceIP"u8, ""u8);
        writer.WriteString("msgCreatedBy"u8, ""u8);
        writer.WriteNumber("msgCreationTime"u8, source.Commit.Time);
        writer.WriteBoolean("spooled"u8, false);
        writer.WriteStartObject("message"u8);
        WriteMessage(writer, source);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, EventToRender source)
    {
        writer.WriteString("type"u8, "ENTITY_NOTIFICATION_V2"u8);
        writer.WriteStartObject("entity"u8);
        WriteEntity(writer, source);
        writer.WriteEndObject();
        writer.WriteString("operationType"u8, OperationTypes.Of(source.Record.Kind));
        writer.WriteNumber("eventTime"u8, source.Commit.Time);
        writer.WritePropertyName("mutatedDetails"u8);
        DetailsWriter.WriteMutated(writer, source);
        writer.WriteStartObject("headers"u8);
        foreach (var (name, value) in source.Commit.Context.Headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteNumber("sequence"u8, source.Sequence);
        writer.WriteNumber("assetVersion"u8, source.Record.Numbers.Version);
        writer.WriteString("saveId"u8, source.Commit.Context.SaveId);
        WriteCause(writer, source);
        if (source.Record.Kind is not (EventKind.EntityCreate or EventKind.ClassificationAdd))
        {
            writer.WritePropertyName("previousDetails"u8);
            DetailsWriter.WritePrevious(writer, source);
        }
    }

    private static void WriteEntity(Utf8JsonWriter writer, EventToRender source)
    {
        var (record, type) = (source.Record, source.Type);
        writer.WriteString("typeName"u8, type.EncodedName);
        writer.WriteStartObject("attributes"u8);
        foreach (var attribute in source.State.Attributes)
        {
            var declared = source.Registry.Attribute(attribute.AttributeId);
            if (declared.IsInNotifications || declared.Name is "name" or "description" or "owner" or "createTime")
            {
                writer.WritePropertyName(declared.EncodedName);
                ValueJson.Write(writer, attribute.Value, source.Registry);
            }
        }

        writer.WriteEndObject();
        writer.WriteString("guid"u8, record.Asset.Guid);
        writer.WriteString("status"u8, StatusText(record.Status));
        writer.WriteString("displayText"u8, DisplayText(source));
        if (!source.State.Tags.IsEmpty)
        {
            TagJson.WriteNames(writer, "classificationNames"u8, source.State.Tags, source.Registry);
            TagJson.WriteList(writer, "classifications"u8, source.State.Tags, record.Status, source.Registry);
        }

        writer.WriteBoolean("isIncomplete"u8, false);
        writer.WriteString("createdBy"u8, source.Created.Actor);
        writer.WriteString("updatedBy"u8, source.Commit.Context.Actor);
        writer.WriteNumber("createTime"u8, source.Created.Time);
        writer.WriteNumber("updateTime"u8, source.Commit.Time);
        if (record.Kind == EventKind.EntityDelete)
        {
            writer.WriteString("deleteHandler"u8, DeleteHandlers.Of(record.Status, source.Commit.Context.DeleteHandler));
        }

        writer.WriteStartArray("superTypeNames"u8);
        foreach (var name in type.SuperTypeNames)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        WriteMandatoryEnds(writer, source);
    }

    /// <summary>An asset that cannot be without its owner shows it in every event.</summary>
    private static void WriteMandatoryEnds(Utf8JsonWriter writer, EventToRender source)
    {
        var owners = source.Type.MandatoryEnds.Select(end => (End: end, Owner: OwnerAt(source, end))).Where(pair => pair.Owner is not null).ToList();
        if (owners.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("relationshipAttributes"u8);
        foreach (var (end, owner) in owners)
        {
            writer.WritePropertyName(end.EncodedName);
            DetailsWriter.WriteReference(writer, source, owner!, end, AssetState.Empty);
        }

        writer.WriteEndObject();
    }

    private static LoggedAsset? OwnerAt(EventToRender source, EndAttribute end)
    {
        var record = source.Record;
        var list = record.Lists.FirstOrDefault(list => list.RelationshipId == end.Relationship.Id && list.Side == end.Side);
        var delta = record.Body.Added.Concat(record.Body.Removed).FirstOrDefault(delta => delta.RelationshipId == end.Relationship.Id && delta.Side == end.Side);
        return list is { Members: [var member, ..] } ? member : delta is null ? null : record.References[delta.Other];
    }

    private static void WriteCause(Utf8JsonWriter writer, EventToRender source)
    {
        if (source.Record.Body.Cause is not { } cause)
        {
            return;
        }

        writer.WriteStartObject("cause"u8);
        writer.WriteString("guid"u8, source.Records[cause.EventIndex].Asset.Guid);
        writer.WriteNumber("sequence"u8, source.Commit.FirstSequence + cause.EventIndex);
        writer.WriteString("relationshipType"u8, source.Registry.Relationship(cause.RelationshipId).Name);
        writer.WriteEndObject();
    }

    private static string DisplayText(EventToRender source)
    {
        var name = source.Type.Attribute("name");
        return (name is null ? null : source.State.Find(name.Id)?.AsText()) ?? source.Record.Asset.QualifiedName;
    }

    private static string StatusText(AssetStatus status) => status == AssetStatus.Active ? "ACTIVE" : "DELETED";
}
