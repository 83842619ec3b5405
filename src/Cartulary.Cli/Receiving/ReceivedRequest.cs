using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Receiving;

/// <summary>A request that came to <c>listen</c>.</summary>
/// <param name="Headers">Its headers; asked for by name in any case.</param>
/// <param name="Body">Its body as it came.</param>
internal sealed record ReceivedRequest(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    private const string Validation = """{"atlan-webhook": "Hello, humans of data! It worked. Excited to see what you build!"}""";

    private readonly Lazy<JsonElement?> _json = new(() => Parse(Body));

    /// <summary>The id that is the same whenever a message is sent again; empty when there is none.</summary>
    public string Id => Header("webhook-id") ?? "";

    /// <summary>Its body; null when that is no JSON.</summary>
    public JsonElement? Json => _json.Value;

    /// <summary>Whether it is what Atlan and Cartulary send to an address that is being registered.</summary>
    public bool IsValidation => Body.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Validation));

    /// <summary>The event in it; null when it is none.</summary>
    public FeedEvent? Event => Envelope is { } envelope ? new FeedEvent(Sequence(envelope), Wrapped(envelope)) : null;

    /// <summary>Why it is sent although it may have been sent before; null otherwise.</summary>
    public string? Replay => Header("x-cartulary-replay");

    private JsonElement? Envelope => Json is { } json && (json.Member("data") ?? json) is var envelope && envelope.Member("message") is { ValueKind: JsonValueKind.Object }
        ? envelope
        : null;

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long Sequence(JsonElement envelope) => envelope.Member("message")?.Number("sequence") ?? 0;

    private static JsonElement Wrapped(JsonElement envelope)
    {
        using var document = JsonDocument.Parse(
            string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{Sequence(envelope)},\"envelope\":{envelope.GetRawText()}}}"));
        return document.RootElement.Clone();
    }
}
