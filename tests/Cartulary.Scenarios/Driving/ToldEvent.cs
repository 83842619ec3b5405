using System.Text.Json;

namespace Cartulary.Scenarios.Driving;

/// <summary>One event as the feed gives it.</summary>
public sealed class ToldEvent(long sequence, JsonElement envelope, string line)
{
    public long Sequence { get; } = sequence;

    public JsonElement Envelope { get; } = envelope;

    public JsonElement Message { get; } = envelope.GetProperty("message");

    /// <summary>What happened to whom: "UPDATE orders".</summary>
    public string Line { get; } = line;

    public JsonElement Entity => Message.GetProperty("entity");

    public JsonElement After => Message.GetProperty("mutatedDetails");

    public JsonElement Before => Message.GetProperty("previousDetails");

    public string Guid => Entity.GetProperty("guid").GetString()!;

    public long Version => Message.GetProperty("assetVersion").GetInt64();

    /// <summary>The changed attributes, by name.</summary>
    public List<string> ChangedAttributes => [.. After.GetProperty("attributes").EnumerateObject().Select(attribute => attribute.Name).Order(StringComparer.Ordinal)];

    /// <summary>The value of an attribute after the change, as JSON.</summary>
    public string AfterOf(string attribute) => After.GetProperty("attributes").GetProperty(attribute).GetRawText();

    /// <summary>The value of an attribute before the change, as JSON.</summary>
    public string BeforeOf(string attribute) => Before.GetProperty("attributes").GetProperty(attribute).GetRawText();

    /// <summary>The guids that a relationship attribute gained.</summary>
    public List<string> Added(string end) => Guids("addedRelationshipAttributes", end);

    /// <summary>The guids that a relationship attribute lost.</summary>
    public List<string> Removed(string end) => Guids("removedRelationshipAttributes", end);

    /// <summary>The guids of one reference or of a list of them.</summary>
    public static List<string> GuidsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(GuidsIn)],
        JsonValueKind.Object => [value.GetProperty("guid").GetString()!],
        _ => [],
    };

    private List<string> Guids(string member, string end) =>
        After.TryGetProperty(member, out var ends) && ends.TryGetProperty(end, out var value) ? GuidsIn(value) : [];
}
