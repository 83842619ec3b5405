using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Faults;

/// <summary>One asset as its events leave it, put together from nothing but what the envelopes say.</summary>
public sealed class FoldedState
{
    private readonly SortedDictionary<string, string> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _ends = new(StringComparer.Ordinal);
    private long _version;
    private string _status = "";

    /// <summary>Takes the next event; versions rise by one.</summary>
    public void Apply(JsonElement message)
    {
        message.GetProperty("assetVersion").GetInt64().ShouldBe(++_version, "a gap in the versions of an asset");
        _status = message.GetProperty("entity").GetProperty("status").GetString()!;
        var details = message.GetProperty("mutatedDetails");
        foreach (var attribute in details.GetProperty("attributes").EnumerateObject())
        {
            Set(attribute);
        }

        var isCreation = message.GetProperty("operationType").GetString() == "ENTITY_CREATE";
        foreach (var (end, guid) in Ends(details, isCreation ? "relationshipAttributes" : "addedRelationshipAttributes"))
        {
            EndsAt(end).Add(guid).ShouldBeTrue($"{guid} is added to {end} twice");
        }

        foreach (var (end, guid) in Ends(details, "removedRelationshipAttributes"))
        {
            EndsAt(end).Remove(guid).ShouldBeTrue($"{guid} is removed from {end} without having been there");
        }
    }

    /// <summary>Compares with what a read of the asset says.</summary>
    public void ShouldBeWhatIsRead(JsonElement entity)
    {
        entity.GetProperty("status").GetString().ShouldBe(_status);
        entity.GetProperty("version").GetInt64().ShouldBe(_version);
        entity.GetProperty("attributes").EnumerateObject()
            .Where(attribute => attribute.Value.ValueKind != JsonValueKind.Null)
            .Select(attribute => (attribute.Name, attribute.Value.GetRawText()))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ShouldBe(_attributes.Select(pair => (pair.Key, pair.Value)));
        if (_status == "ACTIVE")
        {
            LiveEnds(entity).ShouldBe(
                _ends.SelectMany(end => end.Value.Select(guid => $"{end.Key} {guid}")).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> LiveEnds(JsonElement entity) =>
        entity.GetProperty("relationshipAttributes").EnumerateObject()
            .SelectMany(end => (end.Value.ValueKind == JsonValueKind.Array ? end.Value.EnumerateArray() : Enumerable.Repeat(end.Value, 1))
                .Where(reference => reference.ValueKind == JsonValueKind.Object && reference.GetProperty("relationshipStatus").GetString() == "ACTIVE")
                .Select(reference => $"{end.Name} {reference.GetProperty("guid").GetString()}"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string End, string Guid)> Ends(JsonElement details, string member) =>
        details.TryGetProperty(member, out var ends)
            ? ends.EnumerateObject().SelectMany(end => ToldEvent.GuidsIn(end.Value).Select(guid => (end.Name, guid)))
            : [];

    private void Set(JsonProperty attribute)
    {
        if (attribute.Value.ValueKind == JsonValueKind.Null)
        {
            _attributes.Remove(attribute.Name);
        }
        else
        {
            _attributes[attribute.Name] = attribute.Value.GetRawText();
        }
    }

    private SortedSet<string> EndsAt(string end)
    {
        if (!_ends.TryGetValue(end, out var guids))
        {
            _ends[end] = guids = new SortedSet<string>(StringComparer.Ordinal);
        }

        return guids;
    }
}
