using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>A search.</summary>
/// <param name="Expression">What matches.</param>
/// <param name="PostFilter">What of it is returned; aggregations do not see this. Null for all.</param>
/// <param name="Sort">The order; equal assets come by guid, and without any the best score comes first.</param>
/// <param name="From">How many are passed over.</param>
/// <param name="Size">How many are returned at most.</param>
/// <param name="After">The sort values after which results begin, one for each key of <paramref name="Sort"/>, null for missing; empty to begin at the first.</param>
/// <param name="Aggregations">What is computed beside.</param>
public sealed record SearchRequest(
    SearchExpression Expression,
    SearchExpression? PostFilter,
    ImmutableArray<SearchSort> Sort,
    int From,
    int Size,
    ImmutableArray<string?> After,
    ImmutableArray<SearchAggregation> Aggregations);
