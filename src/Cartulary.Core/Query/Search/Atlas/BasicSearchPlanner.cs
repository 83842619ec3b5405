using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Core.Query.Search.Dsl.QueryText;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Makes searches of those that Apache Atlas's clients send.</summary>
public static class BasicSearchPlanner
{
    // What people would look for a word in; the first ones count more. A whole name is there for patterns that go over several words.
    private static readonly ImmutableArray<(string Name, double Boost)> Searched =
    [
        ("name", 10), ("name.keyword", 10), ("displayName", 10), ("qualifiedName.text", 2), ("description", 1), ("userDescription", 1),
        ("__classificationsText", 1), ("__meaningsText", 1), ("__customAttributes", 1), ("__labels", 1),
    ];

    /// <summary>The search; null with all that is wrong.</summary>
    /// <param name="search">What was asked.</param>
    /// <param name="registry">The types.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static SearchRequest? Plan(BasicSearch search, TypeRegistry registry, SearchLimits limits, long now, ProblemList problems)
    {
        var scope = new DslScope(DslFields.Of(registry), limits, now);
        var filters = new FilterPlanner(scope, registry);
        var needed = ImmutableArray.CreateBuilder<SearchExpression>();
        if (search.TypeName is { Length: > 0 } typeName && typeName != "_ALL_ENTITY_TYPES")
        {
            needed.Add(OfTypes(scope, registry, typeName, search.IncludesSubTypes));
        }

        if (search.Classification is { Length: > 0 } tag)
        {
            needed.Add(search.TagFilter is { } tagFilter
                ? filters.WithTag(tag, search.IncludesSubClassifications, "classification", tagFilter)
                : filters.WithTag(tag, search.IncludesSubClassifications, "classification"));
        }
        else if (search.TagFilter is not null)
        {
            scope.Refuse("tagFilters", "tagFilters are conditions on the tag that classification names");
        }

        if (search.TermName is { Length: > 0 } term)
        {
            needed.Add(new SearchExpression.Group(
                [], [], [new SearchExpression.OneOf(SystemFields.Meanings, [term], false), new SearchExpression.OneOf(SystemFields.MeaningNames, [term], false)], [], 1));
        }

        if (search.ExcludesDeleted)
        {
            needed.Add(new SearchExpression.OneOf(SystemFields.State, ["ACTIVE"], false));
        }

        if (search.Filter is { } filter)
        {
            needed.Add(filters.Of(filter));
        }

        var text = search.Query is { Length: > 0 } query ? Text(scope, query) : null;
        var sort = Sort(scope, filters, search);
        CheckPage(scope, search, limits);
        problems.Add(scope.Problems.ToImmutable(), scope.Problems.Omitted);
        SearchExpression expression = text is null && needed.Count == 0
            ? new SearchExpression.Everything()
            : new SearchExpression.Group(text is null ? [] : [text], needed.ToImmutable(), [], [], 0);
        return scope.Problems.Count > 0 ? null : new SearchRequest(expression, null, sort, search.Offset, search.Limit, [], search.Aggregations);
    }

    /// <summary>The field that holds whole values of a name; null when there is none.</summary>
    public static SearchField? WholeField(string name, TypeRegistry registry)
    {
        var fields = SearchFields.Of(registry);
        return fields.Find(name) is { Kind: SearchFieldKind.Text } ? fields.Find($"{name}.keyword") : fields.Find(name);
    }

    private static SearchExpression OfTypes(DslScope scope, TypeRegistry registry, string typeNames, bool includesSubtypes)
    {
        var names = typeNames.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names.Where(name => registry.FindEntity(name) is null))
        {
            scope.Problems.Add(new Problem(ErrorCodes.UnknownTypeName, "typeName", $"{name}: Unknown/invalid typename"));
        }

        return new SearchExpression.OneOf(
            includesSubtypes ? SystemFields.SuperTypeNames : SystemFields.TypeName, [.. names.Select(SearchWords.Fold)], false);
    }

    private static SearchExpression Text(DslScope scope, string query)
    {
        var fields = Searched.Select(one => (Field: scope.Field(one.Name, "query"), one.Boost)).Where(one => one.Field is not null).Select(one => (one.Field!, one.Boost));
        var terms = new TextTerms(scope, [.. fields], NeedsAll: false, Slop: 0, TieBreaker: 0, IsLenient: true, "query");
        if (query.Length > TextQueries.Longest)
        {
            scope.Refuse("query", $"the text has at most {TextQueries.Longest} characters, not {query.Length}");
            return new SearchExpression.Nothing();
        }

        return QueryStringParser.Parse(scope, terms, query, "query");
    }

    private static ImmutableArray<SearchSort> Sort(DslScope scope, FilterPlanner filters, BasicSearch search)
    {
        if (search.SortBy is not { Length: > 0 } name)
        {
            return search.Query is { Length: > 0 } ? [] : [new SearchSort(SystemFields.Guid, IsDescending: false, MissingFirst: false)];
        }

        var before = scope.Problems.Count;
        if (filters.Whole(name, "sortBy") is { } field)
        {
            return [new SearchSort(field, search.IsDescending, MissingFirst: false)];
        }

        if (scope.Problems.Count == before)
        {
            scope.Refuse("sortBy", $"there is no field {name} to order by");
        }

        return [];
    }

    private static void CheckPage(DslScope scope, BasicSearch search, SearchLimits limits)
    {
        if (search.Limit > limits.Page)
        {
            scope.Refuse("limit", $"a page has at most {limits.Page} assets, not {search.Limit}");
        }

        if ((long)search.Offset + search.Limit > limits.Window)
        {
            scope.Refuse("offset", $"offset and limit reach place {(long)search.Offset + search.Limit}, and pages end at place {limits.Window}");
        }
    }
}
