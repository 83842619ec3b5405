using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>A search that was read from the Elasticsearch query DSL.</summary>
/// <param name="Request">The search.</param>
/// <param name="Aggregations">How the results of its aggregations are put together.</param>
/// <param name="Keys">The keys of its order as they were asked for; null for one whose field has no values, which orders nothing.</param>
public sealed record DslSearch(SearchRequest Request, ImmutableArray<AggregationPlan> Aggregations, ImmutableArray<SearchSort?> Keys);
