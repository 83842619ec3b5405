using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Query.Search;

/// <summary>What a search found: the truth of one state of the catalog, that right after the commit which holds an event.</summary>
/// <param name="Sequence">That event's sequence; not before the one that the search waited for.</param>
/// <param name="Total">How many assets match, over all pages; exact.</param>
/// <param name="Hits">The page.</param>
/// <param name="Aggregations">The results of the request's aggregations, in its order.</param>
public sealed record SearchResult(long Sequence, long Total, ImmutableArray<SearchHit> Hits, ImmutableArray<SearchAggregate> Aggregations);

/// <summary>An asset that was found.</summary>
/// <param name="Asset">The asset's number.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="Score">Its score; higher is better.</param>
/// <param name="SortValues">Its value for each key of the order, for a next page; null for missing.</param>
public sealed record SearchHit(AssetId Asset, Guid Guid, double Score, ImmutableArray<string?> SortValues);

/// <summary>The result of an aggregation.</summary>
/// <param name="Of">The aggregation.</param>
public abstract record SearchAggregate(SearchAggregation Of)
{
    /// <summary>Buckets, with how many assets are in buckets that are not listed.</summary>
    public sealed record Buckets(SearchAggregation Of, ImmutableArray<SearchBucket> List, long OtherCount) : SearchAggregate(Of);

    /// <summary>A number; null when there is no value.</summary>
    public sealed record Number(SearchAggregation Of, double? Value) : SearchAggregate(Of);

    /// <summary>Assets.</summary>
    public sealed record Top(SearchAggregation Of, long Total, ImmutableArray<SearchHit> Hits) : SearchAggregate(Of);
}

/// <summary>A bucket.</summary>
/// <param name="Key">The value that it stands for; of a time, epoch milliseconds; empty for a filter.</param>
/// <param name="Count">How many assets are in it.</param>
/// <param name="Inner">The results of the inner aggregations, in their order.</param>
public sealed record SearchBucket(string Key, long Count, ImmutableArray<SearchAggregate> Inner);
