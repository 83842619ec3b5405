using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Events;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>How many of some events there are of each operation, type, changed attribute and actor.</summary>
internal sealed class EventSummary
{
    private static readonly string[] EdgeLists = ["addedRelationshipAttributes", "removedRelationshipAttributes", "updatedRelationshipAttributes"];
    private static readonly string[] Wholes = ["labels", "customAttributes"];
    private readonly SortedDictionary<string, long> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _attributes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _actors = new(StringComparer.Ordinal);

    /// <summary>Counts events.</summary>
    public static EventSummary Of(ImmutableArray<FeedEvent> events)
    {
        var summary = new EventSummary();
        foreach (var told in events)
        {
            summary.Count(told);
        }

        return summary;
    }

    /// <summary>Writes the counts into an object that is open.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        Write(writer, "operations", _operations);
        Write(writer, "types", _types);
        Write(writer, "attributes", _attributes);
        Write(writer, "actors", _actors);
    }

    private void Count(FeedEvent told)
    {
        Count(_operations, told.Label.Operation);
        Count(_types, told.Label.TypeName);
        Count(_actors, told.Label.Actor);
        using var envelope = JsonDocument.Parse(told.Envelope);
        if (envelope.RootElement.GetProperty("message"u8).TryGetProperty("mutatedDetails"u8, out var details) && details.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in Changed(told.Label.Operation, details).Distinct(StringComparer.Ordinal))
            {
                Count(_attributes, name);
            }
        }
    }

    /// <summary>What an update says has changed; a creation tells of everything, and a deletion of nothing.</summary>
    private static IEnumerable<string> Changed(string operation, JsonElement details) => operation switch
    {
        "ENTITY_UPDATE" =>
        [
            .. Members(details, "attributes"),
            .. EdgeLists.SelectMany(list => Members(details, list)),
            .. Wholes.Where(name => details.TryGetProperty(name, out _)),
        ],
        "BUSINESS_ATTRIBUTE_UPDATE" => details.EnumerateObject()
            .Where(set => set.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(set => set.Value.EnumerateObject().Select(attribute => $"{set.Name}.{attribute.Name}")),
        _ => [],
    };

    private static IEnumerable<string> Members(JsonElement details, string name) =>
        details.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Object ? list.EnumerateObject().Select(member => member.Name) : [];

    private static void Count(SortedDictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static void Write(Utf8JsonWriter writer, string name, SortedDictionary<string, long> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }
}
