using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads the order of buckets: <c>{"_count": "desc"}</c>, <c>{"_key": "asc"}</c>, or by an inner metric.</summary>
internal static class BucketOrderReader
{
    private const string Count = "_count";
    private const string Key = "_key";

    /// <summary>The greatest counts first.</summary>
    public static SearchBucketOrder Default { get; } = new(Count, IsDescending: true);

    /// <summary>Reads one; a second key may only say what holds of equal buckets anyway.</summary>
    public static SearchBucketOrder Read(DslScope scope, JsonElement json, string path, AggregationLevel inner)
    {
        var keys = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : new List<JsonElement> { json };
        if (keys.Count is 0 or > 2 || (keys.Count == 2 && !IsKeyAscending(keys[1])))
        {
            scope.Refuse(path, "an order of buckets has one key, after which equal ones come by _key");
            return Default;
        }

        if (keys[0].ValueKind != JsonValueKind.Object || keys[0].EnumerateObject().Count() != 1)
        {
            scope.Refuse(path, "an order of buckets must be {\"KEY\": \"asc\"} or {\"KEY\": \"desc\"}");
            return Default;
        }

        var member = keys[0].EnumerateObject().First();
        var direction = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()!.ToLowerInvariant() : "";
        if (direction is not ("asc" or "desc"))
        {
            scope.Refuse($"{path}.{member.Name}", "the order must be asc or desc");
        }

        var by = member.Name == "_term" ? Key : member.Name.EndsWith(".value", StringComparison.Ordinal) ? member.Name[..^6] : member.Name;
        if (by is not (Count or Key) && !inner.Computed.Any(one => one is SearchAggregation.Metric && one.Name == by))
        {
            scope.Refuse($"{path}.{member.Name}", $"buckets are ordered by _count, _key or a metric within them, and {by} is none of these");
        }

        return new SearchBucketOrder(by, direction == "desc");
    }

    private static bool IsKeyAscending(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == 1
        && json.TryGetProperty(Key, out var direction) && direction.ValueKind == JsonValueKind.String && direction.ValueEquals("asc"u8);
}
