using System.Text.Json;

namespace Cartulary.Simulation;

/// <summary>An event as its envelope tells it.</summary>
internal sealed class ToldEvent(JsonElement message)
{
    public Guid Guid { get; } = message.GetProperty("entity").GetProperty("guid").GetGuid();

    public string Operation { get; } = message.GetProperty("operationType").GetString()!;

    /// <summary>Whether it tells of the asset itself, and not of its tags or custom metadata.</summary>
    public bool TellsEntity => Operation.StartsWith("ENTITY_", StringComparison.Ordinal);

    public string Status { get; } = message.GetProperty("entity").GetProperty("status").GetString()!;

    public long Sequence { get; } = message.GetProperty("sequence").GetInt64();

    public long Version { get; } = message.GetProperty("assetVersion").GetInt64();

    public Guid SaveId { get; } = message.GetProperty("saveId").GetGuid();

    /// <summary>Whether the asset is gone after it.</summary>
    public bool IsPurge { get; } =
        message.GetProperty("entity").TryGetProperty("deleteHandler", out var handler) && handler.GetString() is "HARD" or "PURGE";

    /// <summary>The asset it follows from, and the sequence of that asset's event; null for an asset that was asked to change.</summary>
    public (Guid Guid, long Sequence)? Cause { get; } =
        message.TryGetProperty("cause", out var cause) ? (cause.GetProperty("guid").GetGuid(), cause.GetProperty("sequence").GetInt64()) : null;

    public JsonElement After { get; } = message.GetProperty("mutatedDetails");

    public JsonElement? Before { get; } = message.TryGetProperty("previousDetails", out var before) ? before : null;

    public override string ToString() => message.GetRawText();

    /// <summary>The JSON of each attribute in one of the two details.</summary>
    public static Dictionary<string, string> Attributes(JsonElement details) =>
        details.GetProperty("attributes").EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetRawText(), StringComparer.Ordinal);

    /// <summary>The edges in a member of one of the two details, with their own attributes as JSON.</summary>
    public static Dictionary<(string End, Guid Partner), string> Edges(JsonElement details, string member)
    {
        var edges = new Dictionary<(string, Guid), string>();
        if (!details.TryGetProperty(member, out var ends))
        {
            return edges;
        }

        foreach (var end in ends.EnumerateObject())
        {
            foreach (var reference in end.Value.ValueKind switch { JsonValueKind.Array => end.Value.EnumerateArray().ToArray(), JsonValueKind.Null => [], _ => [end.Value] })
            {
                edges.Add((end.Name, reference.GetProperty("guid").GetGuid()), AttributesOf(reference));
            }
        }

        return edges;
    }

    private static string AttributesOf(JsonElement reference) => reference.TryGetProperty("relationshipAttributes", out var own)
        ? $"{{{string.Join(",", own.GetProperty("attributes").EnumerateObject().OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"\"{attribute.Name}\":{attribute.Value.GetRawText()}"))}}}"
        : "{}";
}
