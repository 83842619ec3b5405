using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads which values are told of assets: <c>_source</c> as a name, a list, or <c>{"includes": …}</c>.</summary>
internal static class SourceReader
{
    /// <summary>Takes it; empty for all.</summary>
    public static ImmutableArray<string> Take(DslScope scope, DslObject options)
    {
        if (!options.TryTake("_source", out var json) || json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return [];
        }

        var at = options.At("_source");
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Names(scope, json, at);
        }

        var source = DslObject.Open(scope, json, at, "_source")!;
        var names = source.TryTake("includes", out var includes) ? Names(scope, includes, source.At("includes")) : [];
        source.Only("excludes", "[]");
        source.End();
        return names;
    }

    private static ImmutableArray<string> Names(DslScope scope, JsonElement json, string path)
    {
        var texts = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : new List<JsonElement> { json };
        if (texts.TrueForAll(text => text.ValueKind == JsonValueKind.String && !text.GetString()!.Contains('*', StringComparison.Ordinal)))
        {
            return [.. texts.Select(text => text.GetString()!)];
        }

        scope.Refuse(path, "the values must be named, without patterns");
        return [];
    }
}
