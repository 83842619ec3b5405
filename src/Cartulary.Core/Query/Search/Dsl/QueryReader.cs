using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// Reads queries of the Elasticsearch query DSL (Elasticsearch reference, "Query DSL"). What it does not know it refuses, by its
/// name and place; it never passes over something that could change what is found.
/// </summary>
internal static class QueryReader
{
    private static readonly FrozenDictionary<string, Func<DslScope, JsonElement, string, int, SearchExpression?>> Kinds =
        new Dictionary<string, Func<DslScope, JsonElement, string, int, SearchExpression?>>(StringComparer.Ordinal)
        {
            ["match_all"] = (scope, json, path, _) => Whole(scope, json, path, "match_all", new SearchExpression.Everything()),
            ["match_none"] = (scope, json, path, _) => Whole(scope, json, path, "match_none", new SearchExpression.Nothing()),
            ["term"] = (scope, json, path, _) => ValueQueries.Term(scope, json, path),
            ["terms"] = (scope, json, path, _) => ValueQueries.Terms(scope, json, path),
            ["range"] = (scope, json, path, _) => RangeQuery.Read(scope, json, path),
            ["exists"] = (scope, json, path, _) => ValueQueries.Exists(scope, json, path),
            ["ids"] = (scope, json, path, _) => ValueQueries.Ids(scope, json, path),
            ["prefix"] = (scope, json, path, _) => PatternQueries.Prefix(scope, json, path),
            ["wildcard"] = (scope, json, path, _) => PatternQueries.Wildcard(scope, json, path),
            ["regexp"] = (scope, json, path, _) => PatternQueries.Regexp(scope, json, path),
            ["fuzzy"] = (scope, json, path, _) => PatternQueries.Fuzzy(scope, json, path),
            ["match"] = (scope, json, path, _) => MatchQueries.Match(scope, json, path),
            ["match_phrase"] = (scope, json, path, _) => MatchQueries.Phrase(scope, json, path, lastIsPrefix: false),
            ["match_phrase_prefix"] = (scope, json, path, _) => MatchQueries.Phrase(scope, json, path, lastIsPrefix: true),
            ["match_bool_prefix"] = (scope, json, path, _) => MatchQueries.BoolPrefix(scope, json, path),
            ["multi_match"] = (scope, json, path, _) => MultiMatchQuery.Read(scope, json, path),
            ["query_string"] = (scope, json, path, _) => TextQueries.QueryString(scope, json, path),
            ["simple_query_string"] = (scope, json, path, _) => TextQueries.Simple(scope, json, path),
            ["bool"] = BoolQuery.Read,
            ["constant_score"] = CompoundQueries.ConstantScore,
            ["dis_max"] = CompoundQueries.DisMax,
            ["boosting"] = CompoundQueries.Boosting,
            ["nested"] = CompoundQueries.Nested,
            ["function_score"] = FunctionScoreQuery.Read,
        }.Concat(SpanQueries.Kinds.Select(kind => KeyValuePair.Create<string, Func<DslScope, JsonElement, string, int, SearchExpression?>>(
            kind, (scope, json, path, depth) => SpanQueries.Read(scope, kind, json, path, depth)))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the queries that are known.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a query: an object with one member, its kind. Null with problems when it cannot be understood.</summary>
    public static SearchExpression? Read(DslScope scope, JsonElement json, string path, int depth)
    {
        if (!scope.TryEnter(path, depth))
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            scope.Refuse(path, "a query must be an object");
            return null;
        }

        var members = json.EnumerateObject().ToList();
        if (members.Count != 1)
        {
            scope.Refuse(path, $"a query must have one member, its kind, not {members.Count}; a bool query joins several");
            return null;
        }

        var at = $"{path}.{members[0].Name}";
        if (Kinds.TryGetValue(members[0].Name, out var read))
        {
            return read(scope, members[0].Value, at, depth);
        }

        scope.Refuse(at, $"queries of the kind {members[0].Name} are not supported");
        return null;
    }

    /// <summary>Reads an array of queries, or a single one; null with problems when one cannot be understood.</summary>
    public static ImmutableArray<SearchExpression>? ReadMany(DslScope scope, JsonElement json, string path, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return Read(scope, json, path, depth) is { } only ? [only] : null;
        }

        var read = json.EnumerateArray().Select((one, index) => Read(scope, one, $"{path}[{index}]", depth)).ToList();
        return read.Contains(null) ? null : [.. read!];
    }

    /// <summary>The expression with its score multiplied.</summary>
    public static SearchExpression? Boosted(SearchExpression? expression, double boost) =>
        expression is null || boost == 1 ? expression : new SearchExpression.Weighted(expression, boost, IsConstant: false);

    private static SearchExpression? Whole(DslScope scope, JsonElement json, string path, string kind, SearchExpression expression)
    {
        if (DslObject.Open(scope, json, path, kind) is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        options.End();
        return Boosted(expression, boost);
    }
}
