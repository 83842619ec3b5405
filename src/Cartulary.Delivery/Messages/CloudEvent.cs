using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cartulary.Delivery.Messages;

/// <summary>
/// Events as CloudEvents 1.0 has them, in structured JSON (CloudEvents, "JSON Event Format"), with the extensions sequence, partitioning and
/// correlation. Id and source together name an event for good, also after a restore.
/// </summary>
public static class CloudEvent
{
    /// <summary>The media type of the structured form.</summary>
    public const string MediaType = "application/cloudevents+json; charset=utf-8";

    private const string RequestId = "x-atlan-request-id";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The attributes of an event, by name, as texts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Attributes(Message message, EventNaming naming)
    {
        var label = message.Event.Label;
        yield return new("id", Number(message.Sequence));
        yield return new("source", naming.Source + message.Log.ToString("D"));
        yield return new("specversion", "1.0");
        yield return new("type", $"{naming.TypePrefix}.{label.Operation.ToLowerInvariant()}.v1");
        yield return new("subject", label.Asset.ToString("D"));
        yield return new("time", DateTimeOffset.FromUnixTimeMilliseconds(label.Time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        yield return new("datacontenttype", "application/json");
        yield return new("dataschema", naming.Schema);
        yield return new("sequence", message.Sequence.ToString("D20", CultureInfo.InvariantCulture));
        yield return new("partitionkey", label.Asset.ToString("D"));
        yield return new("assetversion", Number(label.Version));
        yield return new("typename", label.TypeName);
        if (label.Headers.FirstOrDefault(header => header.Key.Equals(RequestId, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } request)
        {
            yield return new("correlationid", request);
        }

        if (TraceParent.Of(label) is { Length: > 0 } trace)
        {
            yield return new(TraceParent.Header, trace);
        }

        if (label.Cause is { } cause)
        {
            yield return new("causationid", Number(cause));
        }
    }

    /// <summary>The structured form.</summary>
    /// <param name="message">The event.</param>
    /// <param name="naming">How the server names itself.</param>
    /// <param name="data">The envelope, or the short form of it.</param>
    public static byte[] Structured(Message message, EventNaming naming, ReadOnlySpan<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 1_024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Attributes(message, naming))
            {
                writer.WriteString(name, value);
            }

            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(data, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
