using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries around other queries: constant_score, dis_max, boosting, nested.</summary>
internal static class CompoundQueries
{
    /// <summary>Reads a constant_score query.</summary>
    public static SearchExpression? ConstantScore(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "constant_score") is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        var inner = Inner(scope, options, "filter", depth);
        options.End();
        return inner is null ? null : new SearchExpression.Weighted(inner, boost, IsConstant: true);
    }

    /// <summary>Reads a dis_max query.</summary>
    public static SearchExpression? DisMax(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "dis_max") is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        var tieBreaker = options.Factor("tie_breaker", 0);
        var queries = options.TryNeed("queries", out var value) ? QueryReader.ReadMany(scope, value, options.At("queries"), depth + 1) : null;
        options.End();
        return queries is { } of ? QueryReader.Boosted(Best(of, tieBreaker), boost) : null;
    }

    /// <summary>Some of these; the best one's score counts.</summary>
    public static SearchExpression Best(ImmutableArray<SearchExpression> of, double tieBreaker) => of.Length switch
    {
        0 => new SearchExpression.Nothing(),
        1 => of[0],
        _ => new SearchExpression.Best(of, tieBreaker),
    };

    /// <summary>Reads a boosting query: what also matches the negative query scores less.</summary>
    public static SearchExpression? Boosting(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "boosting") is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        var negativeBoost = options.TryNeed("negative_boost", out _) ? options.Factor("negative_boost", 1) : 1;
        var positive = Inner(scope, options, "positive", depth);
        var negative = Inner(scope, options, "negative", depth);
        options.End();
        if (positive is null || negative is null)
        {
            return null;
        }

        // An asset matches one of both, so the sum of the scores is that one's.
        var plain = new SearchExpression.Group([positive], [], [], [negative], 0);
        var lowered = new SearchExpression.Weighted(new SearchExpression.Group([positive], [negative], [], [], 0), negativeBoost, IsConstant: false);
        return QueryReader.Boosted(new SearchExpression.Group([], [], [plain, lowered], [], 1), boost);
    }

    /// <summary>
    /// Reads a nested query. Assets have no nested documents here: their values are those of the asset. That comes to the same
    /// as long as one condition alone must hold of a nested document; more is refused.
    /// </summary>
    public static SearchExpression? Nested(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "nested") is not { } options)
        {
            return null;
        }

        options.Pass("_name", "score_mode", "score_more", "ignore_unmapped");
        options.TryNeed("path", out _);
        options.Text("path");
        var boost = options.Factor("boost", 1);
        var inner = Inner(scope, options, "query", depth);
        options.End();
        if (inner is not null && !IsOneCondition(inner))
        {
            scope.Refuse(options.At("query"), "a nested query that joins several conditions cannot be answered: fields have no nested documents here");
            return null;
        }

        return QueryReader.Boosted(inner, boost);
    }

    private static SearchExpression? Inner(DslScope scope, DslObject options, string name, int depth) =>
        options.TryNeed(name, out var value) ? QueryReader.Read(scope, value, options.At(name), depth + 1) : null;

    private static bool IsOneCondition(SearchExpression expression) => expression switch
    {
        SearchExpression.Everything => false,
        SearchExpression.Weighted weighted => IsOneCondition(weighted.Inner),
        SearchExpression.Best best => best.Of.All(IsOneCondition),
        SearchExpression.Words words => words.AtLeast <= 1,
        SearchExpression.Group { MustNot.IsEmpty: true } group when group.Must.Length + group.Filter.Length == 1 && group.Should.IsEmpty =>
            IsOneCondition(group.Must.Concat(group.Filter).Single()),
        SearchExpression.Group { Must.IsEmpty: true, Filter.IsEmpty: true, MustNot.IsEmpty: true, AtLeast: 1 } group => group.Should.All(IsOneCondition),
        SearchExpression.Group => false,
        _ => true,
    };
}
