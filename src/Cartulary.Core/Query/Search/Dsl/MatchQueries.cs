using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries for words: match, match_phrase, match_phrase_prefix, match_bool_prefix.</summary>
internal static class MatchQueries
{
    /// <summary>Reads a match query.</summary>
    public static SearchExpression? Match(DslScope scope, JsonElement json, string path) =>
        Read(scope, json, path, "match", (query, text) =>
        {
            var wish = query.Options is null ? MatchWish.Default : MatchWish.Take(scope, query.Options);
            return query.Field is { } field ? TextMatch.Words(scope, field, text, wish, query.ValuePath) : new SearchExpression.Nothing();
        });

    /// <summary>Reads a match_phrase or match_phrase_prefix query.</summary>
    public static SearchExpression? Phrase(DslScope scope, JsonElement json, string path, bool lastIsPrefix) =>
        Read(scope, json, path, lastIsPrefix ? "match_phrase_prefix" : "match_phrase", (query, text) =>
        {
            var slop = query.Options?.Whole("slop", 0, 0, 1_000) ?? 0;
            query.Options?.Pass("max_expansions");
            query.Options?.Only("analyzer", "standard");
            query.Options?.Only("zero_terms_query", "none");
            return query.Field is { } field ? TextMatch.Phrase(scope, field, text, slop, lastIsPrefix, query.ValuePath) : new SearchExpression.Nothing();
        });

    /// <summary>Reads a match_bool_prefix query: words, of which the last may be only begun.</summary>
    public static SearchExpression? BoolPrefix(DslScope scope, JsonElement json, string path) =>
        Read(scope, json, path, "match_bool_prefix", (query, text) =>
        {
            var wish = query.Options is null ? MatchWish.Default : MatchWish.Take(scope, query.Options);
            return query.Field is { } field ? TextMatch.BoolPrefix(scope, field, text, wish, query.ValuePath) : new SearchExpression.Nothing();
        });

    private static SearchExpression? Read(
        DslScope scope, JsonElement json, string path, string kind, Func<FieldQuery, string, SearchExpression?> make)
    {
        var before = scope.Problems.Count;
        if (FieldQuery.Read(scope, json, path, kind, "query") is not { } query)
        {
            return null;
        }

        var boost = query.Boost();
        var text = query.Text(scope);
        var expression = make(query, text ?? "");
        query.Options?.End();
        return scope.Problems.Count > before ? null : QueryReader.Boosted(expression, boost);
    }
}
