using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// The function_score query: what its query finds. A weight counts. Other functions change nothing but scores; they are not
/// computed, and refused where the answer is in the order of scores.
/// </summary>
internal static class FunctionScoreQuery
{
    private static readonly string[] Functions = ["functions", "field_value_factor", "script_score", "random_score", "gauss", "linear", "exp"];

    /// <summary>Reads one.</summary>
    public static SearchExpression? Read(DslScope scope, JsonElement json, string path, int depth)
    {
        if (DslObject.Open(scope, json, path, "function_score") is not { } options)
        {
            return null;
        }

        options.Pass("_name", "max_boost", "score_mode");
        var boost = options.Factor("boost", 1);
        var weight = options.Factor("weight", 1);
        var mode = options.Text("boost_mode") ?? "multiply";
        var inner = options.TryTake("query", out var query)
            ? QueryReader.Read(scope, query, options.At("query"), depth + 1)
            : new SearchExpression.Everything();
        foreach (var name in Functions)
        {
            if (options.TryTake(name, out var function) && (function.ValueKind != JsonValueKind.Array || function.GetArrayLength() > 0))
            {
                scope.ScoreFunctions.Add(options.At(name));
            }
        }

        if (mode != "multiply")
        {
            scope.ScoreFunctions.Add(options.At("boost_mode"));
        }

        options.End();
        return QueryReader.Boosted(inner, boost * weight);
    }
}
