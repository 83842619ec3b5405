using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads which values have buckets: a regular expression, or a list of values.</summary>
internal static class ValueChoiceReader
{
    /// <summary>Reads a choice; null with a problem when it cannot be understood.</summary>
    public static SearchValueChoice? Read(DslScope scope, SearchField field, JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return ReadPattern(scope, field, json.GetString()!, path);
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            scope.Refuse(path, "the values are chosen by a regular expression or a list; partitions are not supported");
            return null;
        }

        if (json.GetArrayLength() > scope.Limits.Values)
        {
            scope.Refuse(path, $"a list has at most {scope.Limits.Values} values, not {json.GetArrayLength()}");
            return null;
        }

        var before = scope.Problems.Count;
        var values = json.EnumerateArray().Select((value, index) => ReadValue(scope, field, value, $"{path}[{index}]")).ToList();
        return scope.Problems.Count > before ? null : new SearchValueChoice([.. values.OfType<string>()], null);
    }

    private static SearchValueChoice? ReadPattern(DslScope scope, SearchField field, string pattern, string path)
    {
        if (field.Kind is not (SearchFieldKind.Keyword or SearchFieldKind.FoldedKeyword))
        {
            scope.Refuse(path, $"a regular expression chooses texts, and {field.Name} has others; give a list of values");
            return null;
        }

        if (pattern.Length > PatternQueries.Longest)
        {
            scope.Refuse(path, $"a pattern has at most {PatternQueries.Longest} characters, not {pattern.Length}");
            return null;
        }

        return new SearchValueChoice([], pattern);
    }

    /// <summary>The value as the field has it; null where the field can have no such value, or with a problem.</summary>
    private static string? ReadValue(DslScope scope, SearchField field, JsonElement json, string path)
    {
        if (DslValue.Scalar(json) is not { } text)
        {
            scope.Refuse(path, "a value must be a text, a number, true or false");
            return null;
        }

        return FieldValue.Equal(scope, field, text, path, ignoresCase: false) switch
        {
            SearchExpression.OneOf one => one.Values[0],
            SearchExpression.Range => Refuse(scope, field, path),
            _ => null,
        };
    }

    private static string? Refuse(DslScope scope, SearchField field, string path)
    {
        scope.Refuse(path, $"{field.Name} has times: give each to the millisecond");
        return null;
    }
}
