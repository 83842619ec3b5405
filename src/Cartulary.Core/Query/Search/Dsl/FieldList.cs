using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Fields with how much each counts: <c>["name^3", "description"]</c>.</summary>
internal static class FieldList
{
    /// <summary>Takes the fields; fields without values are left out, and what is wrong with the list is noted.</summary>
    public static ImmutableArray<(SearchField Field, double Boost)> Take(DslScope scope, DslObject options, string name)
    {
        if (!options.TryNeed(name, out var list))
        {
            return [];
        }

        var at = options.At(name);
        if (list.ValueKind == JsonValueKind.String)
        {
            return Read(scope, list.GetString()!, at) is { } only ? [only] : [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0 || list.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            scope.Refuse(at, $"{name} must be a list of names of fields");
            return [];
        }

        if (list.GetArrayLength() > scope.Limits.Clauses)
        {
            scope.Refuse(at, $"{name} has more than {scope.Limits.Clauses} fields");
            return [];
        }

        return [.. list.EnumerateArray().Select((one, index) => Read(scope, one.GetString()!, $"{at}[{index}]")).OfType<(SearchField, double)>()];
    }

    private static (SearchField Field, double Boost)? Read(DslScope scope, string text, string path)
    {
        var boost = 1.0;
        if (text.IndexOf('^', StringComparison.Ordinal) is >= 0 and var caret)
        {
            if (!DslValue.TryParse(text[(caret + 1)..], out boost) || boost < 0 || boost > float.MaxValue)
            {
                scope.Refuse(path, $"what follows ^ must be a number from 0 on: {text}");
                return null;
            }

            text = text[..caret];
        }

        return scope.Field(text, path) is { } field ? (field, boost) : null;
    }
}
