using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Query.Search.Dsl.QueryText;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries that are written as one text: query_string and simple_query_string.</summary>
internal static class TextQueries
{
    /// <summary>Longest text, in UTF-16 code units.</summary>
    public const int Longest = 20_000;

    /// <summary>Reads a query_string query.</summary>
    public static SearchExpression? QueryString(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "query_string") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        options.Pass("_name", "max_determinized_states", "fuzzy_max_expansions", "auto_generate_synonyms_phrase_query", "rewrite", "enable_position_increments");
        var boost = options.Factor("boost", 1);
        options.Only("type", "best_fields");
        options.Only("analyze_wildcard", "false");
        options.Only("allow_leading_wildcard", "true");
        options.Only("fuzzy_transpositions", "true");
        options.Only("analyzer", "standard");
        var text = TextOf(scope, options);
        var fields = options.TryTake("default_field", out _) && options.Text("default_field") is { } name
            ? FieldOf(scope, name, options.At("default_field"))
            : options.TryTake("fields", out _) ? FieldList.Take(scope, options, "fields") : ImmutableArray<(SearchField, double)>.Empty;
        var hasFields = options.TryTake("default_field", out _) || options.TryTake("fields", out _);
        var tieBreaker = options.Factor("tie_breaker", 0);
        var needsAll = MatchWish.Operator(scope, options, "default_operator");
        var slop = options.Whole("phrase_slop", 0, 0, 1_000);
        var lenient = options.Flag("lenient", @default: false);
        options.End();
        if (scope.Problems.Count > before)
        {
            return null;
        }

        var terms = new TextTerms(scope, hasFields ? fields : null, needsAll, slop, tieBreaker, lenient, options.At("query"));
        var expression = QueryStringParser.Parse(scope, terms, text!, options.At("query"));
        return scope.Problems.Count > before ? null : QueryReader.Boosted(expression, boost);
    }

    /// <summary>Reads a simple_query_string query, whose text is never wrong.</summary>
    public static SearchExpression? Simple(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "simple_query_string") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        options.Pass("_name", "fuzzy_max_expansions", "auto_generate_synonyms_phrase_query");
        var boost = options.Factor("boost", 1);
        options.Only("flags", "ALL");
        options.Only("analyze_wildcard", "false");
        options.Only("fuzzy_transpositions", "true");
        options.Only("analyzer", "standard");
        var text = TextOf(scope, options);
        var fields = FieldList.Take(scope, options, "fields");
        var needsAll = MatchWish.Operator(scope, options, "default_operator");
        var lenient = options.Flag("lenient", @default: false);
        options.End();
        if (scope.Problems.Count > before)
        {
            return null;
        }

        var terms = new TextTerms(scope, fields, needsAll, Slop: 0, TieBreaker: 1, lenient, options.At("query"));
        var expression = SimpleQueryParser.Parse(scope, terms, text!, options.At("query"));
        return scope.Problems.Count > before ? null : QueryReader.Boosted(expression, boost);
    }

    private static string? TextOf(DslScope scope, DslObject options)
    {
        var text = options.TryNeed("query", out _) ? options.Text("query") : null;
        if (text?.Length > Longest)
        {
            scope.Refuse(options.At("query"), $"the text has at most {Longest} characters, not {text.Length}");
        }

        return text;
    }

    private static ImmutableArray<(SearchField Field, double Boost)> FieldOf(DslScope scope, string name, string path) =>
        scope.Field(name, path) is { } field ? [(field, 1)] : [];
}
