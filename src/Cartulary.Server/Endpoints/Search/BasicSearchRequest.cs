using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>Reads what Apache Atlas's clients ask for, in a query or a body.</summary>
internal static class BasicSearchRequest
{
    // Conditions on what the index does not hold, and a place of another server's kind.
    private static readonly string[] Unsupported = ["relationshipFilters", "marker"];

    /// <summary>Reads parameters; what is wrong is noted there.</summary>
    public static BasicSearch Read(QueryReader query) => new()
    {
        Query = query.Text("query"),
        TypeName = query.Text("typeName"),
        Classification = query.Text("classification"),
        SortBy = query.Text("sortBy"),
        IsDescending = IsDescending(query.Text("sortOrder")),
        ExcludesDeleted = query.Flag("excludeDeletedEntities"),
        Limit = Limit(query),
        Offset = query.Number("offset", 0, 0, int.MaxValue),
    };

    /// <summary>How many assets are asked for; -1 is the default.</summary>
    public static int Limit(QueryReader query) => query.Text("limit") == "-1" ? BasicSearch.DefaultLimit : query.Number("limit", BasicSearch.DefaultLimit, 0, int.MaxValue);

    /// <summary>Whether an order is descending.</summary>
    public static bool IsDescending(string? order) => order?.StartsWith("desc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads a body; null with all that is wrong. Members that are null say nothing.</summary>
    public static BasicSearch? Read(ReadOnlyMemory<byte> body, SearchLimits limits, ProblemList problems)
    {
        if (JsonObjectBody.Parse(body, problems, (limits.Depth * 2) + 8) is not { } json)
        {
            return null;
        }

        foreach (var name in Unsupported.Where(name => IsGiven(json, name)))
        {
            problems.Add(new Problem(ErrorCodes.UnsupportedQuery, name, $"searches do not take {name} here"));
        }

        var search = new BasicSearch
        {
            Query = Text(json, "query", problems),
            TypeName = Text(json, "typeName", problems),
            Classification = Text(json, "classification", problems),
            TermName = Text(json, "termName", problems),
            SortBy = Text(json, "sortBy", problems),
            IsDescending = IsDescending(Text(json, "sortOrder", problems)),
            ExcludesDeleted = Flag(json, "excludeDeletedEntities", @default: false, problems),
            IncludesSubTypes = Flag(json, "includeSubTypes", @default: true, problems),
            IncludesSubClassifications = Flag(json, "includeSubClassifications", @default: true, problems),
            Filter = IsGiven(json, "entityFilters") ? FilterReader.Read(json.GetProperty("entityFilters"), "entityFilters", limits, problems) : null,
            TagFilter = IsGiven(json, "tagFilters") ? FilterReader.Read(json.GetProperty("tagFilters"), "tagFilters", limits, problems) : null,
            Limit = Number(json, "limit", BasicSearch.DefaultLimit, problems) is >= 0 and var limit ? limit : BasicSearch.DefaultLimit,
            Offset = Math.Max(Number(json, "offset", 0, problems), 0),
            Attributes = Names(json, limits, problems),
        };
        return problems.Count == 0 ? search : null;
    }

    private static bool IsGiven(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private static string? Text(JsonElement json, string name, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse(problems, name, $"{name} must be a text");
            return null;
        }

        return value.GetString();
    }

    private static bool Flag(JsonElement json, string name, bool @default, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return @default;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(problems, name, $"{name} must be true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    private static int Number(JsonElement json, string name, int @default, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return @default;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        Refuse(problems, name, $"{name} must be a whole number");
        return @default;
    }

    private static ImmutableArray<string> Names(JsonElement json, SearchLimits limits, ProblemList problems)
    {
        if (!json.TryGetProperty("attributes", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= limits.Clauses && list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
        {
            return [.. list.EnumerateArray().Select(one => one.GetString()!).Distinct(StringComparer.Ordinal)];
        }

        Refuse(problems, "attributes", $"attributes must be a list of at most {limits.Clauses} names");
        return [];
    }

    private static void Refuse(ProblemList problems, string path, string message) => problems.Add(new Problem(ErrorCodes.UnsupportedQuery, path, message));
}
