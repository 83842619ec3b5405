using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>
/// Reads conditions: <c>{"attributeName","operator","attributeValue"}</c>, or several as
/// <c>{"condition":"AND","criterion":[…]}</c>.
/// </summary>
public static class FilterReader
{
    /// <summary>Reads one; null when there is none, or with problems.</summary>
    /// <param name="json">The condition.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="limits">How deep and large it may be.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static AssetFilter? Read(JsonElement json, string path, SearchLimits limits, ProblemList problems)
    {
        var count = 0;
        return Read(json, path, limits, problems, 1, ref count);
    }

    /// <summary>Notes what is wrong with a search.</summary>
    internal static void Refuse(ProblemList problems, string path, string message) => problems.Add(new Problem(ErrorCodes.UnsupportedQuery, path, message));

    private static AssetFilter? Read(JsonElement json, string path, SearchLimits limits, ProblemList problems, int depth, ref int count)
    {
        count++;
        if (depth > limits.Depth || count > limits.Clauses)
        {
            if (depth > limits.Depth || count == limits.Clauses + 1)
            {
                Refuse(problems, path, depth > limits.Depth ? $"conditions are nested deeper than {limits.Depth} levels" : $"there are more than {limits.Clauses} conditions");
            }

            return null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            Refuse(problems, path, "a condition must be an object");
            return null;
        }

        return json.TryGetProperty("criterion", out var criterion) && criterion.ValueKind != JsonValueKind.Null
            ? ReadJoin(json, criterion, path, limits, problems, depth, ref count)
            : ReadCriterion(json, path, limits, problems);
    }

    private static AssetFilter? ReadJoin(
        JsonElement json, JsonElement criterion, string path, SearchLimits limits, ProblemList problems, int depth, ref int count)
    {
        var condition = Text(json, "condition")?.ToUpperInvariant() ?? "AND";
        if (condition is not ("AND" or "OR"))
        {
            Refuse(problems, $"{path}.condition", "condition must be AND or OR");
        }

        if (criterion.ValueKind != JsonValueKind.Array)
        {
            Refuse(problems, $"{path}.criterion", "criterion must be a list");
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<AssetFilter>();
        var index = 0;
        foreach (var one in criterion.EnumerateArray())
        {
            if (Read(one, $"{path}.criterion[{index++}]", limits, problems, depth + 1, ref count) is { } part)
            {
                parts.Add(part);
            }
        }

        return index == 0 ? null : new AssetFilter.Join(condition == "AND", parts.ToImmutable());
    }

    private static AssetFilter.Criterion? ReadCriterion(JsonElement json, string path, SearchLimits limits, ProblemList problems)
    {
        var name = Text(json, "attributeName");
        var sign = Text(json, "operator");
        if (name is null || sign is null || FilterOperators.Find(sign) is not { } comparison)
        {
            Refuse(problems, path, name is null ? "a condition needs attributeName" : sign is null ? "a condition needs operator" : $"the operator {sign} is not known");
            return null;
        }

        var value = json.TryGetProperty("attributeValue", out var given) ? Dsl.DslValue.Scalar(given) : null;
        if (comparison is FilterOperator.IsNull or FilterOperator.NotNull)
        {
            return new AssetFilter.Criterion(name, comparison, [], path);
        }

        if (value is null)
        {
            Refuse(problems, $"{path}.attributeValue", $"{sign} needs attributeValue, a text");
            return null;
        }

        var isList = comparison is FilterOperator.In or FilterOperator.ContainsAll;
        ImmutableArray<string> values = isList ? [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [value];
        if (values.Length > limits.Values)
        {
            Refuse(problems, $"{path}.attributeValue", $"a condition takes at most {limits.Values} values, not {values.Length}");
        }

        return new AssetFilter.Criterion(name, comparison, values, $"{path}.attributeValue");
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
