using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Cartulary.Core.Events;
using Cartulary.Delivery.Messages;
using Cartulary.Delivery.Subscriptions;

namespace Cartulary.Delivery.Webhooks;

/// <summary>Makes of an event the message that a subscription gets. Bodies are made once for all subscriptions of a format.</summary>
/// <param name="naming">How the server names itself.</param>
/// <param name="bytesMax">Envelopes larger than this are sent in their short form.</param>
public sealed class MessageWriter(EventNaming naming, int bytesMax)
{
    /// <summary>What Atlan sends to an address that is being registered (Atlan, "Create webhooks").</summary>
    public static readonly ReadOnlyMemory<byte> Validation =
        """{"atlan-webhook": "Hello, humans of data! It worked. Excited to see what you build!"}"""u8.ToArray();

    private const string Json = "application/json";
    private const string IdHeader = "webhook-id";
    private const string TimeHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";
    private const string AtlanSecretHeader = "x-atlan-signing-secret";
    private const string ReplayHeader = "x-cartulary-replay";
    private readonly ConditionalWeakTable<FeedEvent, byte[]> _thin = [];
    private readonly ConditionalWeakTable<FeedEvent, byte[]> _structured = [];

    /// <summary>The message of an event.</summary>
    /// <param name="subscription">Who gets it.</param>
    /// <param name="message">The event.</param>
    /// <param name="replay">Why it is sent although it may have been sent before: <c>replay</c> or <c>redrive</c>; null otherwise.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    public OutgoingMessage Write(OpenedSubscription subscription, Message message, string? replay, long now)
    {
        var isAtlan = subscription.Wanted.Format == WebhookFormat.Atlan;
        var body = isAtlan ? EnvelopeOf(message.Event) : StructuredOf(message);
        var written = Write(subscription, message.Id, isAtlan ? Json : CloudEvent.MediaType, body, replay, now);
        return TraceParent.Of(message.Event.Label) is { Length: > 0 } trace
            ? written with { Headers = written.Headers.Add(new(TraceParent.Header, trace)) }
            : written;
    }

    /// <summary>A message that is no event: to see whether a receiver is there.</summary>
    /// <param name="subscription">Who gets it.</param>
    /// <param name="id">Names the message.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    public OutgoingMessage WriteTest(OpenedSubscription subscription, string id, long now)
    {
        if (subscription.Wanted.Format == WebhookFormat.Atlan)
        {
            return Write(subscription, id, Json, Validation, replay: null, now);
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(now).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{id}}","source":"{{naming.Source}}test","type":"{{naming.TypePrefix}}.ping.v1","time":"{{time}}"}""");
        return Write(subscription, id, CloudEvent.MediaType, body, replay: null, now);
    }

    private static OutgoingMessage Write(
        OpenedSubscription subscription, string id, string contentType, ReadOnlyMemory<byte> body, string? replay, long now)
    {
        var seconds = now / 1_000;
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        headers.AddRange(subscription.Headers);
        headers.Add(new(IdHeader, id));
        headers.Add(new(TimeHeader, seconds.ToString(CultureInfo.InvariantCulture)));
        if (subscription.Wanted.Format == WebhookFormat.Atlan)
        {
            headers.AddRange(subscription.SecretsAt(now).Take(1).Select(secret => KeyValuePair.Create(AtlanSecretHeader, secret.Reveal())));
        }
        else
        {
            var signatures = subscription.SecretsAt(now)
                .Select(StandardSignature.KeyOf)
                .OfType<byte[]>()
                .Select(key => StandardSignature.Sign(key, id, seconds, body.Span));
            headers.Add(new(SignatureHeader, string.Join(' ', signatures)));
        }

        if (replay is not null)
        {
            headers.Add(new(ReplayHeader, replay));
        }

        return new OutgoingMessage(
            subscription.Wanted.Url, contentType, body, headers.DrainToImmutable(), TimeSpan.FromMilliseconds(subscription.Wanted.TimeoutMilliseconds));
    }

    private ReadOnlyMemory<byte> EnvelopeOf(FeedEvent whole) =>
        whole.Envelope.Length <= bytesMax ? whole.Envelope : _thin.GetValue(whole, ThinEvent.Of);

    private byte[] StructuredOf(Message message)
    {
        if (_structured.TryGetValue(message.Event, out var known))
        {
            return known;
        }

        var body = CloudEvent.Structured(message, naming, EnvelopeOf(message.Event).Span);
        _structured.AddOrUpdate(message.Event, body);
        return body;
    }
}
