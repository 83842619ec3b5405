using System.Text.Json;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A message as a receiver got it.</summary>
/// <param name="Headers">Its headers, names in lower case.</param>
/// <param name="Body">Its body.</param>
public sealed record ReceivedMessage(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The id that receivers tell repeats by.</summary>
    public string Id => Headers["webhook-id"];

    /// <summary>Its body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The message of the envelope, whatever the form.</summary>
    public JsonElement Message => (Json.TryGetProperty("data", out var data) ? data : Json).GetProperty("message");

    /// <summary>Whether it is an event.</summary>
    public bool IsEvent => Id.StartsWith("evt_", StringComparison.Ordinal);

    /// <summary>The sequence of the event.</summary>
    public long Sequence => Message.GetProperty("sequence").GetInt64();

    /// <summary>The asset of the event.</summary>
    public string Asset => Message.GetProperty("entity").GetProperty("guid").GetString()!;
}
