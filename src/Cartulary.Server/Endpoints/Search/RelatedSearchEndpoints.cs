using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;
using Cartulary.Core.Types;
using Cartulary.Server.Answers;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>Searches that are not about what assets hold: the neighbours of one, and values that people may mean.</summary>
internal sealed class RelatedSearchEndpoints(RelatedAssets related, AssetSearch search, SearchLimits limits, TimeProvider clock)
{
    private const int Suggestions = 5;
    private const int LookedThrough = 1_000;

    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/search");
        group.MapGet("/relationship", http => RelationshipAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Relationship);
        group.MapGet("/suggestions", http => SuggestAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Suggest);
    }

    private async Task RelationshipAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var guids = query.Guids("guid");
        var relation = query.Text("relation") ?? "";
        if (guids.Length != 1 || relation.Length == 0)
        {
            query.Refuse(guids.Length != 1 ? "guid" : "relation", "exactly one guid and a relation are needed");
        }

        var (sortBy, isDescending) = (query.Text("sortBy"), BasicSearchRequest.IsDescending(query.Text("sortOrder")));
        var excludesDeleted = query.Flag("excludeDeletedEntities");
        var (limit, offset) = (BasicSearchRequest.Limit(query), query.Number("offset", 0, 0, int.MaxValue));
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var (assets, registry, problem) = await related.FindAsync(
            guids[0], relation, string.IsNullOrEmpty(sortBy) ? null : sortBy, isDescending, excludesDeleted, cancellationToken);
        await (assets is { } found
            ? JsonAnswer.SendAsync(http, 200, (found, registry, limit, offset), Write, cancellationToken)
            : ErrorAnswer.SendAsync(http, [problem!], cancellationToken));
    }

    private static void Write(Utf8JsonWriter writer, (ImmutableArray<StoredAsset> Found, TypeRegistry Registry, int Limit, int Offset) answer)
    {
        writer.WriteStartObject();
        writer.WriteString("queryType"u8, "RELATIONSHIP"u8);
        writer.WriteNumber("approximateCount"u8, answer.Found.Length);
        var page = answer.Found.Skip(answer.Offset).Take(answer.Limit).ToList();
        if (page.Count > 0)
        {
            writer.WriteStartArray("entities"u8);
            foreach (var asset in page)
            {
                AssetHeader.Of(asset, answer.Registry.Entity(asset.TypeId), answer.Registry).Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private async Task SuggestAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var prefix = query.Text("prefixString") ?? "";
        var name = query.Text("fieldName") is { Length: > 0 } given ? given : "name";
        if (prefix.Length == 0)
        {
            query.Refuse("prefixString", "prefixString is needed");
        }

        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await SearchCall.AnswerAsync(
            http,
            search.SearchAsync((registry, found) => Plan(registry, found, prefix, name, now), static request => request, PageWish.Default, cancellationToken),
            (page, _) => JsonAnswer.SendAsync(http, 200, Values(page, prefix), WriteSuggestions, cancellationToken),
            cancellationToken);
    }

    private SearchRequest? Plan(TypeRegistry registry, ProblemList problems, string prefix, string name, long now)
    {
        var filter = new AssetFilter.Criterion(name, FilterOperator.StartsWith, [prefix], "fieldName");
        var request = BasicSearchPlanner.Plan(new BasicSearch { Filter = filter, Limit = 0 }, registry, limits, now, problems);
        return request is null || BasicSearchPlanner.WholeField(name, registry) is not { } field
            ? request
            : request with { Aggregations = [new SearchAggregation.Terms("values", field, LookedThrough, 1, new SearchBucketOrder("_count", IsDescending: true), [])] };
    }

    /// <summary>The values that begin so, the most frequent first: assets with several values have others too.</summary>
    private static ImmutableArray<string> Values(AssetPage page, string prefix) =>
    [
        .. page.Result.Aggregations.OfType<SearchAggregate.Buckets>().SelectMany(buckets => buckets.List).Select(bucket => bucket.Key)
            .Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(Suggestions),
    ];

    private static void WriteSuggestions(Utf8JsonWriter writer, ImmutableArray<string> values)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("suggestions"u8);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
