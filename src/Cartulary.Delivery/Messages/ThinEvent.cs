using System.Buffers;
using System.Text.Json;
using Cartulary.Core.Events;

namespace Cartulary.Delivery.Messages;

/// <summary>
/// The short form of an event that is too large for receivers: who the asset is, which attributes changed, and where the whole event is
/// to be had.
/// </summary>
internal static class ThinEvent
{
    private static readonly string[] Kept = ["typeName", "guid", "status", "displayText"];

    /// <summary>The short form of an envelope.</summary>
    public static byte[] Of(FeedEvent whole)
    {
        using var document = JsonDocument.Parse(whole.Envelope);
        var message = document.RootElement.GetProperty("message"u8);
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name != "message"))
            {
                member.WriteTo(writer);
            }

            writer.WriteStartObject("message"u8);
            Write(writer, whole, message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, FeedEvent whole, JsonElement message)
    {
        foreach (var member in message.EnumerateObject())
        {
            switch (member.Name)
            {
                case "entity":
                    writer.WriteStartObject("entity"u8);
                    WriteEntity(writer, member.Value);
                    writer.WriteEndObject();
                    break;
                case "mutatedDetails":
                    WriteNames(writer, member.Value);
                    break;
                case "previousDetails":
                    break;
                default:
                    member.WriteTo(writer);
                    break;
            }
        }

        writer.WriteBoolean("truncated"u8, true);
        writer.WriteString("dataref"u8, $"/api/events?after={whole.Sequence - 1}&limit=1");
    }

    private static void WriteEntity(Utf8JsonWriter writer, JsonElement entity)
    {
        foreach (var member in entity.EnumerateObject().Where(member => Kept.Contains(member.Name)))
        {
            member.WriteTo(writer);
        }

        writer.WriteStartObject("attributes"u8);
        if (entity.TryGetProperty("attributes"u8, out var attributes))
        {
            foreach (var member in attributes.EnumerateObject().Where(member => member.Name is "name" or "qualifiedName"))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, JsonElement details)
    {
        writer.WriteStartArray("changedAttributes"u8);
        if (details.ValueKind == JsonValueKind.Object && details.TryGetProperty("attributes"u8, out var attributes))
        {
            foreach (var member in attributes.EnumerateObject())
            {
                writer.WriteStringValue(member.Name);
            }
        }

        writer.WriteEndArray();
    }
}
