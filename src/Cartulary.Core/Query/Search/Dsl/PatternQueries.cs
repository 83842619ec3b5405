using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries for the form of values: prefix, wildcard, regexp, fuzzy.</summary>
internal static class PatternQueries
{
    /// <summary>Longest pattern, in UTF-16 code units.</summary>
    public const int Longest = 1_000;

    /// <summary>Reads a prefix query.</summary>
    public static SearchExpression? Prefix(DslScope scope, JsonElement json, string path) => Read(
        scope, json, path, "prefix", ["value", "prefix"], (field, text, ignoresCase, _) => new SearchExpression.Prefix(field, text, ignoresCase));

    /// <summary>Reads a wildcard query.</summary>
    public static SearchExpression? Wildcard(DslScope scope, JsonElement json, string path) => Read(
        scope, json, path, "wildcard", ["value", "wildcard"], (field, text, ignoresCase, _) => new SearchExpression.Wildcard(field, text, ignoresCase));

    /// <summary>Reads a regexp query: of Lucene's syntax, all of whose operators are on.</summary>
    public static SearchExpression? Regexp(DslScope scope, JsonElement json, string path) => Read(
        scope,
        json,
        path,
        "regexp",
        ["value"],
        (field, text, ignoresCase, options) =>
        {
            options?.Only("flags", "ALL");
            options?.Pass("max_determinized_states");
            return new SearchExpression.Regexp(field, text, ignoresCase);
        });

    /// <summary>Reads a fuzzy query.</summary>
    public static SearchExpression? Fuzzy(DslScope scope, JsonElement json, string path) => Read(
        scope,
        json,
        path,
        "fuzzy",
        ["value"],
        (field, text, _, options) =>
        {
            var edits = options is null ? Fuzziness.Auto : FuzzinessOf(scope, options, Fuzziness.Auto);
            var prefix = options?.Whole("prefix_length", 0, 0, Longest) ?? 0;
            PassExpansions(options);
            return new SearchExpression.Fuzzy(field, text, edits.For(text), prefix);
        });

    /// <summary>Takes the option fuzziness.</summary>
    public static Fuzziness FuzzinessOf(DslScope scope, DslObject options, Fuzziness @default)
    {
        if (!options.TryTake("fuzziness", out var value))
        {
            return @default;
        }

        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number && Fuzziness.Parse(DslValue.Scalar(value)!) is { } fuzziness)
        {
            return fuzziness;
        }

        scope.Refuse(options.At("fuzziness"), "fuzziness must be 0, 1, 2, AUTO or AUTO:LOW,HIGH");
        return @default;
    }

    /// <summary>Takes options of fuzzy words that are the same everywhere here: a swap of two letters is one edit, and no word is left out.</summary>
    public static void PassExpansions(DslObject? options)
    {
        options?.Pass("max_expansions");
        options?.Only("transpositions", "true");
        options?.Only("fuzzy_transpositions", "true");
    }

    /// <summary>Whether patterns can be looked for in a field; a problem when not.</summary>
    public static bool Fits(DslScope scope, SearchField field, string path, string kind)
    {
        if (FieldValue.IsText(field))
        {
            return true;
        }

        scope.Refuse(path, $"{kind} is for texts, and {field.Name} has {(field.IsDate ? "times" : field.Kind == SearchFieldKind.Boolean ? "true and false" : "numbers")}");
        return false;
    }

    private static SearchExpression? Read(
        DslScope scope,
        JsonElement json,
        string path,
        string kind,
        string[] valueNames,
        Func<SearchField, string, bool, DslObject?, SearchExpression> make)
    {
        var before = scope.Problems.Count;
        if (FieldQuery.Read(scope, json, path, kind, valueNames) is not { } query)
        {
            return null;
        }

        var ignoresCase = query.Options?.Flag("case_insensitive", @default: false) ?? false;
        var boost = query.Boost();
        query.Options?.Pass("rewrite");
        var text = query.Text(scope);
        if (text?.Length > Longest)
        {
            scope.Refuse(query.ValuePath, $"a pattern has at most {Longest} characters");
        }

        // A field without values still has its options looked at.
        var field = query.Field ?? new SearchField(query.Name, SearchFieldKind.Keyword);
        var fits = Fits(scope, field, query.ValuePath, kind);
        var expression = text is null ? null : make(field, kind == "regexp" ? text : FieldValue.Fold(field, text), IgnoresCase(), query.Options);
        query.Options?.End();
        return !fits || scope.Problems.Count > before ? null
            : query.Field is null ? new SearchExpression.Nothing()
            : QueryReader.Boosted(expression, boost);

        // Lower-casing a regular expression could change what its classes mean; ignoring case comes to the same.
        bool IgnoresCase() => field.Kind == SearchFieldKind.FoldedKeyword ? kind == "regexp" : ignoresCase;
    }
}
