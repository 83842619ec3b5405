namespace Cartulary.Core.Query.Search;

/// <summary>How much one search may ask for.</summary>
public sealed record SearchLimits
{
    /// <summary>Deepest nesting of queries and of aggregations.</summary>
    public int Depth { get; init; } = 30;

    /// <summary>Most queries and aggregations, inner ones included.</summary>
    public int Clauses { get; init; } = 4_096;

    /// <summary>Most values of one query.</summary>
    public int Values { get; init; } = 65_536;

    /// <summary>Most assets on a page.</summary>
    public int Page { get; init; } = 10_000;

    /// <summary>Last place that a page may reach; what lies behind is reached by search_after.</summary>
    public int Window { get; init; } = 100_000;

    /// <summary>Most buckets of one aggregation.</summary>
    public int Buckets { get; init; } = 65_536;
}
