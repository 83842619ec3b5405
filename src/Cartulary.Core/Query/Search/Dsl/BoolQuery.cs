using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>The bool query.</summary>
internal static class BoolQuery
{
    /// <summary>Reads one. Without any clause it matches everything; without must and filter at least one of should must match.</summary>
    public static SearchExpression? Read(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "bool") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        var must = Clauses(scope, options, "must", depth);
        var filter = Clauses(scope, options, "filter", depth);
        var should = Clauses(scope, options, "should", depth);
        var mustNot = Clauses(scope, options, "must_not", depth);
        options.Pass("_name");
        options.Only("adjust_pure_negative", "true");
        var boost = options.Factor("boost", 1);
        var atLeast = AtLeast(scope, options, should.Length);
        options.End();
        return scope.Problems.Count > before ? null : QueryReader.Boosted(Join(must, filter, should, mustNot, atLeast), boost);
    }

    /// <summary>The group of these clauses.</summary>
    /// <param name="must">All of these, for the score.</param>
    /// <param name="filter">All of these.</param>
    /// <param name="should">Some of these.</param>
    /// <param name="mustNot">None of these.</param>
    /// <param name="atLeast">How many of <paramref name="should"/> are asked for; null for the default.</param>
    public static SearchExpression Join(
        ImmutableArray<SearchExpression> must,
        ImmutableArray<SearchExpression> filter,
        ImmutableArray<SearchExpression> should,
        ImmutableArray<SearchExpression> mustNot,
        int? atLeast)
    {
        if (must.IsEmpty && filter.IsEmpty && should.IsEmpty && mustNot.IsEmpty)
        {
            return new SearchExpression.Everything();
        }

        // Asking for more alternatives than there are matches nothing, even where there are none: so do the reference's servers.
        if (atLeast > should.Length)
        {
            return new SearchExpression.Nothing();
        }

        var needed = should.IsEmpty ? 0 : Math.Max(atLeast ?? 0, must.IsEmpty && filter.IsEmpty ? 1 : 0);
        return new SearchExpression.Group(must, filter, should, mustNot, needed);
    }

    private static ImmutableArray<SearchExpression> Clauses(DslScope scope, DslObject options, string name, int depth) =>
        options.TryTake(name, out var value) ? QueryReader.ReadMany(scope, value, options.At(name), depth + 1) ?? [] : [];

    private static int? AtLeast(DslScope scope, DslObject options, int count)
    {
        if (!options.TryTake("minimum_should_match", out var value))
        {
            return null;
        }

        if (MinimumShouldMatch.Of(value, count) is { } number)
        {
            return number;
        }

        scope.Refuse(options.At("minimum_should_match"), "minimum_should_match must be a number, a percentage, or rules such as 2<75%");
        return null;
    }
}
