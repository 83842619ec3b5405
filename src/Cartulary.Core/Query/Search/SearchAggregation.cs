using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>What is counted or computed over the assets that match, by the rules of the Elasticsearch reference, "Aggregations".</summary>
/// <param name="Name">The name that its result gets.</param>
/// <param name="Inner">What is computed within each of its buckets; empty for those without.</param>
public abstract record SearchAggregation(string Name, ImmutableArray<SearchAggregation> Inner)
{
    /// <summary>A bucket for each value, the greatest counts first and equal ones by value, or in the order given.</summary>
    public sealed record Terms(
        string Name, SearchField Field, int Size, int CountAtLeast, SearchBucketOrder Order, ImmutableArray<SearchAggregation> Inner)
        : SearchAggregation(Name, Inner)
    {
        /// <summary>The values that may have a bucket; all when null.</summary>
        public SearchValueChoice? Include { get; init; }

        /// <summary>The values that have none, whatever is included; null for none of them.</summary>
        public SearchValueChoice? Exclude { get; init; }
    }

    /// <summary>One bucket, of what also matches an expression.</summary>
    public sealed record Filter(string Name, SearchExpression Expression, ImmutableArray<SearchAggregation> Inner) : SearchAggregation(Name, Inner);

    /// <summary>A bucket for each interval of time that has assets between the first and the last; UTC.</summary>
    public sealed record DateHistogram(
        string Name, SearchField Field, SearchInterval Interval, int CountAtLeast, ImmutableArray<SearchAggregation> Inner) : SearchAggregation(Name, Inner);

    /// <summary>A number over all values.</summary>
    public sealed record Metric(string Name, SearchField Field, SearchMetric Of) : SearchAggregation(Name, []);

    /// <summary>The first assets of the bucket in an order.</summary>
    public sealed record TopHits(string Name, int Size, ImmutableArray<SearchSort> Sort, ImmutableArray<string> Sources) : SearchAggregation(Name, []);
}

/// <summary>Some values of a field.</summary>
/// <param name="Values">These, in the field's own form. Empty where there is a pattern.</param>
/// <param name="Pattern">Those that as a whole have the form of this regular expression of Lucene's syntax; null where they are named.</param>
public sealed record SearchValueChoice(ImmutableArray<string> Values, string? Pattern);

/// <summary>The order of buckets.</summary>
/// <param name="By">The name of an inner metric, <c>_count</c> or <c>_key</c>.</param>
/// <param name="IsDescending">Whether the greatest come first.</param>
public sealed record SearchBucketOrder(string By, bool IsDescending);

/// <summary>A number computed over values.</summary>
public enum SearchMetric
{
    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>How many values there are.</summary>
    ValueCount,

    /// <summary>How many different values there are; exact.</summary>
    Cardinality,
}

/// <summary>An interval of time: of the calendar in UTC, or of fixed milliseconds.</summary>
/// <param name="Calendar">minute, hour, day, week, month, quarter or year; null for a fixed one.</param>
/// <param name="Milliseconds">The length of a fixed one.</param>
public sealed record SearchInterval(string? Calendar, long Milliseconds);
