using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>The multi_match query.</summary>
internal static class MultiMatchQuery
{
    /// <summary>Reads one.</summary>
    public static SearchExpression? Read(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "multi_match") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        var type = options.Text("type") ?? "best_fields";
        var text = options.TryNeed("query", out var value) ? DslValue.Scalar(value) : null;
        if (text is null && value.ValueKind != JsonValueKind.Undefined)
        {
            scope.Refuse(options.At("query"), "query must be a text");
        }

        var fields = FieldList.Take(scope, options, "fields");
        var slop = options.Whole("slop", 0, 0, 1_000);
        var tieBreaker = options.Factor("tie_breaker", type == "most_fields" ? 1 : 0);
        var wish = MatchWish.Take(scope, options);
        options.End();
        if (type is not ("best_fields" or "most_fields" or "phrase" or "phrase_prefix" or "bool_prefix" or "cross_fields"))
        {
            scope.Refuse(options.At("type"), $"multi_match of the type {type} is not supported");
        }

        if (type == "cross_fields" && wish.Edits != Fuzziness.None)
        {
            scope.Refuse(options.At("fuzziness"), "multi_match of the type cross_fields takes no fuzziness");
        }

        if (scope.Problems.Count > before)
        {
            return null;
        }

        if (type == "cross_fields")
        {
            var crossed = CrossFields.Read(scope, fields, text!, wish, tieBreaker, options.At("query"));
            return crossed is null ? null : QueryReader.Boosted(crossed, boost);
        }

        ImmutableArray<SearchExpression?> parts = [.. fields.Select(one => QueryReader.Boosted(One(one.Field), one.Boost))];
        return scope.Problems.Count > before ? null : QueryReader.Boosted(CompoundQueries.Best([.. parts.OfType<SearchExpression>()], tieBreaker), boost);

        SearchExpression? One(SearchField field) => type switch
        {
            "phrase" => TextMatch.Phrase(scope, field, text!, slop, lastIsPrefix: false, options.At("query")),
            "phrase_prefix" => TextMatch.Phrase(scope, field, text!, slop, lastIsPrefix: true, options.At("query")),
            "bool_prefix" => TextMatch.BoolPrefix(scope, field, text!, wish, options.At("query")),
            _ => TextMatch.Words(scope, field, text!, wish, options.At("query")),
        };
    }
}
