using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// How an aggregation of the request is put together from those that are computed. One of the request may be several of those,
/// or none where its field has no values.
/// </summary>
/// <param name="Name">Its name in the request.</param>
/// <param name="Kind">What its result looks like.</param>
/// <param name="First">The place of its first computed one among those of its level; negative when nothing is computed.</param>
/// <param name="Inner">The aggregations within its buckets.</param>
public sealed record AggregationPlan(string Name, AggregationKind Kind, int First, ImmutableArray<AggregationPlan> Inner)
{
    /// <summary>The names of buckets that the request names, one for each computed one; empty for buckets without names.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>The bounds of the buckets of a range, in the order of <see cref="Keys"/>; null is no bound.</summary>
    public ImmutableArray<(double? From, double? To)> Bounds { get; init; } = [];

    /// <summary>The field; null where there is none.</summary>
    public SearchField? Field { get; init; }

    /// <summary>The names of the values that are told of the first assets; empty for all.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];
}

/// <summary>What the result of an aggregation looks like.</summary>
public enum AggregationKind
{
    /// <summary>Buckets of values, with a count of those that are not listed.</summary>
    Terms,

    /// <summary>Buckets of intervals of time.</summary>
    DateHistogram,

    /// <summary>One bucket.</summary>
    Single,

    /// <summary>Buckets by name.</summary>
    Named,

    /// <summary>Buckets in a list, without names.</summary>
    Listed,

    /// <summary>Buckets of ranges.</summary>
    Ranges,

    /// <summary>A number that is null when there is no value.</summary>
    Number,

    /// <summary>A number that is zero when there is no value.</summary>
    Count,

    /// <summary>Count, smallest, greatest, mean and sum.</summary>
    Stats,

    /// <summary>The first assets.</summary>
    Hits,
}
