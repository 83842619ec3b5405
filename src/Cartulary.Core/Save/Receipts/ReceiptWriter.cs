using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Events;

namespace Cartulary.Core.Save.Receipts;

/// <summary>Writes receipts as JSON; the shape is in docs/formats/receipt.md.</summary>
public static class ReceiptWriter
{
    /// <summary>Writes one receipt.</summary>
    public static void Write(Utf8JsonWriter writer, AssetReceipt receipt)
    {
        writer.WriteStartObject();
        writer.WriteString("guid"u8, receipt.Guid);
        writer.WriteString("typeName"u8, receipt.TypeName);
        if (receipt.QualifiedName.Length > 0)
        {
            writer.WriteString("qualifiedName"u8, receipt.QualifiedName);
        }

        if (receipt.RequestGuid is { } requestGuid)
        {
            writer.WriteString("requestGuid"u8, requestGuid);
        }

        writer.WriteString("verdict"u8, NameOf(receipt.Verdict));
        if (receipt.IsRelated)
        {
            writer.WriteBoolean("related"u8, true);
        }

        writer.WriteNumber("version"u8, receipt.Version);
        writer.WriteStartObject("changes"u8);
        foreach (var told in receipt.Events)
        {
            DifferenceWriter.Write(writer, told);
        }

        writer.WriteEndObject();
        WriteNames(writer, "ignored"u8, receipt.Ignored);
        WriteNames(writer, "unknown"u8, receipt.Unknown);
        WriteEvents(writer, receipt.Events);
        writer.WriteEndObject();
    }

    /// <summary>The name of a verdict.</summary>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Create => "CREATE",
        Verdict.Update => "UPDATE",
        Verdict.Delete => "DELETE",
        _ => "NOOP",
    };

    private static void WriteNames(Utf8JsonWriter writer, ReadOnlySpan<byte> member, ImmutableArray<string> names)
    {
        writer.WriteStartArray(member);
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter writer, ImmutableArray<EventToRender> events)
    {
        writer.WriteStartArray("events"u8);
        foreach (var told in events)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence"u8, told.Sequence);
            writer.WriteString("operationType"u8, OperationTypes.Of(told.Record.Kind));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
