using System.Collections.Frozen;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>How a condition compares.</summary>
public enum FilterOperator
{
    /// <summary>Some value is this one.</summary>
    Equal,

    /// <summary>No value is this one.</summary>
    NotEqual,

    /// <summary>Some value is smaller.</summary>
    Less,

    /// <summary>Some value is smaller or the same.</summary>
    LessOrEqual,

    /// <summary>Some value is greater.</summary>
    Greater,

    /// <summary>Some value is greater or the same.</summary>
    GreaterOrEqual,

    /// <summary>Some value is one of these.</summary>
    In,

    /// <summary>Some value has this form, where <c>*</c> is any characters and <c>?</c> is one.</summary>
    Like,

    /// <summary>Some value begins so.</summary>
    StartsWith,

    /// <summary>Some value ends so.</summary>
    EndsWith,

    /// <summary>Some value holds this.</summary>
    Contains,

    /// <summary>No value holds this.</summary>
    NotContains,

    /// <summary>Each of these is a value.</summary>
    ContainsAll,

    /// <summary>There is no value.</summary>
    IsNull,

    /// <summary>There is a value.</summary>
    NotNull,

    /// <summary>Some value lies in a span of time, such as <c>LAST_7_DAYS</c>.</summary>
    TimeRange,
}

/// <summary>The names of operators.</summary>
internal static class FilterOperators
{
    private static readonly FrozenDictionary<string, FilterOperator> Names = new Dictionary<string, FilterOperator>(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = FilterOperator.Equal,
        ["eq"] = FilterOperator.Equal,
        ["!="] = FilterOperator.NotEqual,
        ["neq"] = FilterOperator.NotEqual,
        ["<"] = FilterOperator.Less,
        ["lt"] = FilterOperator.Less,
        ["<="] = FilterOperator.LessOrEqual,
        ["lte"] = FilterOperator.LessOrEqual,
        [">"] = FilterOperator.Greater,
        ["gt"] = FilterOperator.Greater,
        [">="] = FilterOperator.GreaterOrEqual,
        ["gte"] = FilterOperator.GreaterOrEqual,
        ["in"] = FilterOperator.In,
        ["containsAny"] = FilterOperator.In,
        ["contains_any"] = FilterOperator.In,
        ["like"] = FilterOperator.Like,
        ["startsWith"] = FilterOperator.StartsWith,
        ["begins_with"] = FilterOperator.StartsWith,
        ["endsWith"] = FilterOperator.EndsWith,
        ["ends_with"] = FilterOperator.EndsWith,
        ["contains"] = FilterOperator.Contains,
        ["not_contains"] = FilterOperator.NotContains,
        ["notContains"] = FilterOperator.NotContains,
        ["containsAll"] = FilterOperator.ContainsAll,
        ["contains_all"] = FilterOperator.ContainsAll,
        ["isNull"] = FilterOperator.IsNull,
        ["is_null"] = FilterOperator.IsNull,
        ["notNull"] = FilterOperator.NotNull,
        ["not_null"] = FilterOperator.NotNull,
        ["notEmpty"] = FilterOperator.NotNull,
        ["not_empty"] = FilterOperator.NotNull,
        ["timerange"] = FilterOperator.TimeRange,
        ["time_range"] = FilterOperator.TimeRange,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The operator of a name, or null.</summary>
    public static FilterOperator? Find(string name) => Names.TryGetValue(name.Trim(), out var found) ? found : null;
}
