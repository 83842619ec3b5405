using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>Looks at JSON without stumbling over what is absent, null or of another kind.</summary>
internal static class JsonReading
{
    /// <summary>The member of that name, or null when there is none or it is null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    /// <summary>The text of a member, or null.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The whole number of a member, or null.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>The items of a member: those of a list, or the one object that stands in its place, or none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } single => [single],
        _ => [],
    };

    /// <summary>The members of a member that is an object, or none.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : [];
}
