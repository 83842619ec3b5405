using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// Reads searches of the Elasticsearch query DSL. What it does not know it refuses, by name and place, all of it at once: an
/// answer is never one to another question.
/// </summary>
public static class DslReader
{
    private const string GuidField = "__guid";
    private const int SizeByDefault = 10;

    /// <summary>Reads a search; null with all that is wrong.</summary>
    /// <param name="json">The search, an object.</param>
    /// <param name="path">Where it stands, such as <c>dsl</c>.</param>
    /// <param name="fields">The fields that there are.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <param name="now">What <c>now</c> means in it, epoch milliseconds.</param>
    /// <param name="showsScores">Whether the scores are told.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static DslSearch? Read(
        JsonElement json, string path, DslFields fields, SearchLimits limits, long now, bool showsScores, ProblemList problems)
    {
        var scope = new DslScope(fields, limits, now) { OrdersByScore = showsScores };
        var search = DslObject.Open(scope, json, path, "a search") is { } options ? Read(scope, options) : null;
        search = showsScores && search is not null ? search with { Request = WithScores(search.Request) } : search;
        if (scope.OrdersByScore)
        {
            scope.ScoreFunctions.ForEach(at => scope.Refuse(at, "functions that change scores are not computed; order by fields instead of the score"));
        }

        problems.Add(scope.Problems.ToImmutable(), scope.Problems.Omitted);
        return scope.Problems.Count == 0 ? search : null;
    }

    private static DslSearch Read(DslScope scope, DslObject options)
    {
        // What these ask for is not part of the answers of this catalog, or holds of all of them.
        options.Pass(
            "_source", "fields", "stored_fields", "docvalue_fields", "track_total_hits", "track_scores", "explain", "version",
            "seq_no_primary_term", "timeout", "profile", "preference", "request_cache", "routing", "batched_reduce_size");
        var from = options.Whole("from", 0, 0, int.MaxValue);
        var size = options.Whole("size", SizeByDefault, 0, int.MaxValue);
        CheckPage(scope, options, from, size);
        ImmutableArray<SearchSort?> sort = options.TryTake("sort", out var order) ? SortReader.Read(scope, order, options.At("sort")) : [];
        scope.OrdersByScore |= sort.OfType<SearchSort>().All(key => key.Field is null);
        var query = options.TryTake("query", out var main) && !IsEmptyObject(main)
            ? QueryReader.Read(scope, main, options.At("query"), 1)
            : new SearchExpression.Everything();
        var post = options.TryTake("post_filter", out var filter) ? QueryReader.Read(scope, filter, options.At("post_filter"), 1) : null;
        var level = AggregationReader.Take(scope, options, 1);
        var (keys, after) = Places(scope, options, sort, from);
        options.End();
        var request = new SearchRequest(query ?? new SearchExpression.Nothing(), post, keys, from, size, after, level.Computed);
        return new DslSearch(request, level.Plans, keys.Length > sort.OfType<SearchSort>().Count() ? sort.Add(keys[^1]) : sort);
    }

    private static void CheckPage(DslScope scope, DslObject options, int from, int size)
    {
        if (size > scope.Limits.Page)
        {
            scope.Refuse(options.At("size"), $"a page has at most {scope.Limits.Page} assets, not {size}");
        }

        if ((long)from + size > scope.Limits.Window)
        {
            scope.Refuse(
                options.At("from"), $"from and size reach place {(long)from + size}, and pages end at place {scope.Limits.Window}; go on with search_after");
        }
    }

    /// <summary>
    /// The keys of the order, and the values after which the page begins. The guid is the last key, so that every asset has its own
    /// place and pages lose none; only who gives values without one gets pages that begin after all assets of these values.
    /// </summary>
    private static (ImmutableArray<SearchSort> Keys, ImmutableArray<string?> After) Places(
        DslScope scope, DslObject options, ImmutableArray<SearchSort?> sort, int from)
    {
        var keys = sort.OfType<SearchSort>().ToImmutableArray();
        var guid = keys.IsEmpty || keys.Any(key => key.Field?.Name == GuidField) ? null : scope.Field(GuidField, options.At("sort"));
        var all = guid is null ? keys : keys.Add(new SearchSort(guid, IsDescending: false, MissingFirst: false));
        if (!options.TryTake("search_after", out var json))
        {
            return (all, []);
        }

        var at = options.At("search_after");
        if (sort.IsEmpty || from != 0)
        {
            scope.Refuse(at, sort.IsEmpty ? "search_after needs a sort" : "search_after begins a page itself; from must be 0");
            return (all, []);
        }

        var count = json.ValueKind == JsonValueKind.Array ? json.GetArrayLength() : -1;
        if (count != sort.Length && (guid is null || count != sort.Length + 1))
        {
            scope.Refuse(at, $"search_after must be a list with a value for each of the {sort.Length} keys of the order");
            return (all, []);
        }

        return (count == sort.Length ? keys : all, SearchAfterReader.Read(scope, json, at, sort));
    }

    /// <summary>The search with the score as the last key of its order, which orders nothing after the guid, but has it computed.</summary>
    private static SearchRequest WithScores(SearchRequest request) => request.Sort.IsEmpty || request.Sort.Any(key => key.Field is null)
        ? request
        : request with
        {
            Sort = request.Sort.Add(new SearchSort(null, IsDescending: true, MissingFirst: false)),
            After = request.After.IsEmpty ? [] : request.After.Add("0"),
        };

    private static bool IsEmptyObject(JsonElement json) => json.ValueKind == JsonValueKind.Object && !json.EnumerateObject().Any();
}
