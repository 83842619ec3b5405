using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads orders, in all the forms of the Elasticsearch reference, "Sort search results".</summary>
internal static class SortReader
{
    /// <summary>Reads an order: a text, an object, or a list of both. Keys of fields without values are kept as null.</summary>
    public static ImmutableArray<SearchSort?> Read(DslScope scope, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return [.. ReadOne(scope, json, path)];
        }

        if (json.GetArrayLength() > scope.Limits.Clauses)
        {
            scope.Refuse(path, $"an order has at most {scope.Limits.Clauses} keys");
            return [];
        }

        return [.. json.EnumerateArray().SelectMany((one, index) => ReadOne(scope, one, $"{path}[{index}]"))];
    }

    private static List<SearchSort?> ReadOne(DslScope scope, JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            var name = json.GetString()!;
            return name == "_doc" ? [] : [Key(scope, name, path, isDescending: name == "_score", "_last", isOptional: false)];
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            scope.Refuse(path, "a key of an order must be a field's name or {\"FIELD\": \"asc\"}");
            return [];
        }

        return [.. json.EnumerateObject().Where(member => member.Name != "_doc").Select(member => ReadKey(scope, member, $"{path}.{member.Name}"))];
    }

    private static SearchSort? ReadKey(DslScope scope, JsonProperty member, string path)
    {
        if (member.Value.ValueKind == JsonValueKind.String)
        {
            return Key(scope, member.Name, path, IsDescending(scope, member.Value.GetString()!, path), "_last", isOptional: false);
        }

        if (DslObject.Open(scope, member.Value, path, "a key of an order") is not { } options)
        {
            return null;
        }

        var descending = options.Text("order") is { } order ? IsDescending(scope, order, options.At("order")) : member.Name == "_score";
        var isOptional = options.TryTake("unmapped_type", out _);
        options.Pass("format");
        options.Only("mode", descending ? "max" : "min");
        var missing = options.Text("missing") ?? "_last";
        if (missing is not ("_first" or "_last"))
        {
            scope.Refuse(options.At("missing"), "missing must be _first or _last");
        }

        // The path of a nested object changes nothing: its values are those of the asset.
        if (options.TryTake("nested", out var nested) && DslObject.Open(scope, nested, options.At("nested"), "nested") is { } place)
        {
            place.Pass("path");
            place.End();
        }

        options.End();
        return Key(scope, member.Name, path, descending, missing, isOptional);
    }

    private static SearchSort? Key(DslScope scope, string name, string path, bool isDescending, string missing, bool isOptional)
    {
        if (name == "_score")
        {
            scope.OrdersByScore = true;
            return new SearchSort(null, isDescending, MissingFirst: false);
        }

        var before = scope.Problems.Count;
        if (scope.Field(name, path) is not { } field)
        {
            if (!isOptional && scope.Problems.Count == before)
            {
                scope.Refuse(path, $"there is no field {name} to order by; with unmapped_type it counts as missing everywhere");
            }

            return null;
        }

        if (field.Kind == SearchFieldKind.Text)
        {
            scope.Refuse(path, $"{name} has words, which have no order; order by a keyword field, such as {name}.keyword");
            return null;
        }

        return new SearchSort(field, isDescending, missing == "_first");
    }

    private static bool IsDescending(DslScope scope, string order, string path)
    {
        var lower = order.ToLowerInvariant();
        if (lower is not ("asc" or "desc"))
        {
            scope.Refuse(path, $"the order must be asc or desc, not {order}");
        }

        return lower == "desc";
    }
}
