using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>The aggregations of one level.</summary>
/// <param name="Computed">What is computed.</param>
/// <param name="Plans">How the results are put together from it.</param>
internal sealed record AggregationLevel(ImmutableArray<SearchAggregation> Computed, ImmutableArray<AggregationPlan> Plans)
{
    /// <summary>None.</summary>
    public static AggregationLevel Empty { get; } = new([], []);
}
