using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cartulary.Delivery.Messages;
using Confluent.Kafka;

namespace Cartulary.Delivery.Kafka;

/// <summary>Makes of an event the records that the topic gets. The same event always gives the same records.</summary>
public sealed class RecordWriter(KafkaSettings settings)
{
    private const string ContentType = "content-type";
    private const string Json = "application/json";
    private const string Prefix = "ce_";

    /// <summary>The key of an event: its asset's guid as text.</summary>
    public static byte[] KeyOf(Message message) => Encoding.ASCII.GetBytes(message.Event.Label.Asset.ToString("D"));

    /// <summary>The records of an event, in the order in which they are sent: one, or parts of a large one.</summary>
    public ImmutableArray<Message<byte[], byte[]>> Write(Message message)
    {
        var key = KeyOf(message);
        var value = settings.CloudEvents == CloudEventsMode.Structured
            ? CloudEvent.Structured(message, settings.Naming, message.Event.Envelope.Span)
            : message.Event.Envelope.ToArray();
        if (value.Length <= settings.MaxMessageBytes - SplitMessage.Overhead)
        {
            return [new Message<byte[], byte[]> { Key = key, Value = value, Headers = WholeHeaders(message) }];
        }

        var parts = SplitMessage.Of(message.Log, message.Sequence, value, settings.MaxMessageBytes);
        return
        [
            .. parts.Select((part, index) => new Message<byte[], byte[]>
            {
                Key = key,
                Value = part,
                Headers = HeadersOf(message, index, parts.Length, Json),
            }),
        ];
    }

    private Headers WholeHeaders(Message message)
    {
        var isStructured = settings.CloudEvents == CloudEventsMode.Structured;
        var headers = HeadersOf(message, part: 0, parts: 1, isStructured ? CloudEvent.MediaType : Json);
        if (settings.CloudEvents == CloudEventsMode.Binary)
        {
            // The type of the data is the record's own content-type.
            foreach (var (name, text) in CloudEvent.Attributes(message, settings.Naming).Where(static attribute => attribute.Key != "datacontenttype"))
            {
                RecordMarks.Add(headers, Prefix + name, text);
            }
        }

        return headers;
    }

    private static Headers HeadersOf(Message message, int part, int parts, string contentType)
    {
        var headers = new Headers();
        new RecordMarks(message.Log, message.Sequence, part, parts).Write(headers);
        RecordMarks.Add(headers, RecordMarks.VersionHeader, message.Event.Label.Version.ToString(CultureInfo.InvariantCulture));
        RecordMarks.Add(headers, ContentType, contentType);
        return headers;
    }
}
