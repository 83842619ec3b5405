using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>
/// The filters of Atlan's user and role lists, as far as its clients use them: fields with a text that they equal, or with one of
/// <c>$eq</c>, <c>$ne</c>, <c>$in</c>, <c>$ilike</c> and <c>$like</c>, where % stands for any text; joined by <c>$and</c> and <c>$or</c>.
/// </summary>
internal static class ServiceFilter
{
    private const string Parameter = "filter";
    private const int Depth = 8;

    /// <summary>Reads the filter of a query; what cannot be understood is noted there. Without one everything fits.</summary>
    public static Func<JsonObject, bool> Read(QueryReader query)
    {
        if (query.Text(Parameter) is not { Length: > 0 } text)
        {
            return _ => true;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Depth });
            return All(document.RootElement.Clone());
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or InvalidOperationException)
        {
            query.Refuse(Parameter, $"the filter cannot be understood: {problem.Message}");
            return _ => false;
        }
    }

    private static Func<JsonObject, bool> All(JsonElement filter)
    {
        List<Func<JsonObject, bool>> parts = [.. filter.EnumerateObject().Select(Member)];
        return record => parts.TrueForAll(part => part(record));
    }

    private static Func<JsonObject, bool> Member(JsonProperty member)
    {
        switch (member.Name)
        {
            case "$and":
                List<Func<JsonObject, bool>> all = [.. member.Value.EnumerateArray().Select(All)];
                return record => all.TrueForAll(part => part(record));
            case "$or":
                List<Func<JsonObject, bool>> any = [.. member.Value.EnumerateArray().Select(All)];
                return record => any.Exists(part => part(record));
            default:
                var holds = member.Value.ValueKind == JsonValueKind.Object ? Conditions(member.Value) : Equal(member.Value);
                return record => holds(record[member.Name]?.ToString());
        }
    }

    private static Func<string?, bool> Conditions(JsonElement conditions)
    {
        List<Func<string?, bool>> parts = [.. conditions.EnumerateObject().Select(Condition)];
        return text => parts.TrueForAll(part => part(text));
    }

    private static Func<string?, bool> Condition(JsonProperty condition)
    {
        switch (condition.Name)
        {
            case "$eq":
                return Equal(condition.Value);
            case "$ne":
                var equal = Equal(condition.Value);
                return text => !equal(text);
            case "$in":
                List<Func<string?, bool>> any = [.. condition.Value.EnumerateArray().Select(Equal)];
                return text => any.Exists(part => part(text));
            case "$ilike" or "$like":
                var pattern = condition.Value.GetString() ?? "";
                var comparison = condition.Name == "$ilike" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
                return text => text is not null && IsLike(text, pattern.Split('%'), comparison);
            default:
                throw new NotSupportedException($"{condition.Name} is not known");
        }
    }

    private static Func<string?, bool> Equal(JsonElement value)
    {
        var expected = value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
        return text => string.Equals(text, expected, StringComparison.Ordinal);
    }

    /// <summary>Whether a text is made of these parts with any text between them.</summary>
    private static bool IsLike(string text, string[] parts, StringComparison comparison)
    {
        if (parts.Length == 1)
        {
            return text.Equals(parts[0], comparison);
        }

        if (!text.StartsWith(parts[0], comparison))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = text.IndexOf(part, at, comparison);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], comparison);
    }
}
