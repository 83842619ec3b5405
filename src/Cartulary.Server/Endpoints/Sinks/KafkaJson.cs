using System.Text.Json;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Kafka;

namespace Cartulary.Server.Endpoints.Sinks;

/// <summary>Writes how the sink to Kafka does.</summary>
internal static class KafkaJson
{
    public static void Write(Utf8JsonWriter writer, KafkaStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, status.Word);
        if (status.Row?.Trouble is { } trouble)
        {
            WriteTrouble(writer, trouble);
        }

        if (status.Topic is { } topic)
        {
            writer.WriteString("topic"u8, topic);
        }

        if (status.Row is { } row)
        {
            WritePlace(writer, row);
        }

        writer.WriteNumber("lag"u8, status.Lag);
        writer.WriteNumber("lagSeconds"u8, status.LagSeconds);
        writer.WriteStartArray("skipped"u8);
        foreach (var skipped in status.Skipped)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence"u8, skipped.Sequence);
            writer.WriteString("guid"u8, skipped.Asset);
            writer.WriteNumber("time"u8, skipped.Time);
            writer.WriteString("reason"u8, skipped.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTrouble(Utf8JsonWriter writer, SinkTrouble trouble)
    {
        writer.WriteString("statusReason"u8, trouble.Code);
        writer.WriteString("message"u8, trouble.Message);
        writer.WriteNumber("since"u8, trouble.Since);
        if (trouble.Sequence is { } sequence)
        {
            writer.WriteNumber("sequence"u8, sequence);
        }
    }

    private static void WritePlace(Utf8JsonWriter writer, SinkRow row)
    {
        writer.WriteString("log"u8, row.Log);
        writer.WriteNumber("position"u8, row.Position);
        if (row.Partitions is { } partitions)
        {
            writer.WriteNumber("partitions"u8, partitions);
        }
    }
}
