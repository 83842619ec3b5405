using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Makes searches of queries in Apache Atlas's own language.</summary>
public static class TypeQueryPlanner
{
    /// <summary>The search; null with all that is wrong.</summary>
    /// <param name="query">The query.</param>
    /// <param name="limit">How many assets are returned where the query does not say.</param>
    /// <param name="offset">How many are passed over where the query does not say.</param>
    /// <param name="path">Where the query stands in the request.</param>
    /// <param name="registry">The types.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static SearchRequest? Plan(
        TypeQuery query, int limit, int offset, string path, TypeRegistry registry, SearchLimits limits, long now, ProblemList problems)
    {
        var type = registry.FindEntity(query.Source);
        var tag = type is null ? registry.FindClassification(query.Source) ?? registry.FindClassificationDisplayed(query.Source) : null;
        if (type is null && tag is null)
        {
            problems.Add(new Problem(ErrorCodes.UnknownTypeName, path, $"{query.Source}: Unknown/invalid typename"));
            return null;
        }

        if (type is not null && query.Select.FirstOrDefault(column => type.Attribute(Plain(column.Attribute, query.Source)) is null) is { } unknown)
        {
            FilterReader.Refuse(problems, path, $"{type.Name} has no attribute {unknown.Attribute} to select");
            return null;
        }

        var search = new BasicSearch
        {
            TypeName = type?.Name,
            Classification = tag?.Name,
            Filter = query.Filter is { } filter ? Unprefixed(filter, query.Source) : null,
            SortBy = query.OrderBy is { } key ? Plain(key, query.Source) : null,
            IsDescending = query.IsDescending,
            Limit = query.Limit ?? limit,
            Offset = query.Offset ?? offset,
        };
        return BasicSearchPlanner.Plan(search, registry, limits, now, problems);
    }

    /// <summary>The name without the source of the query before it.</summary>
    public static string Plain(string name, string source) =>
        name.StartsWith(source, StringComparison.Ordinal) && name.Length > source.Length + 1 && name[source.Length] == '.' ? name[(source.Length + 1)..] : name;

    private static AssetFilter Unprefixed(AssetFilter filter, string source) => filter switch
    {
        AssetFilter.Criterion criterion => criterion with { Name = Plain(criterion.Name, source) },
        AssetFilter.Join join => join with { Parts = [.. join.Parts.Select(part => Unprefixed(part, source))] },
        AssetFilter.Not not => new AssetFilter.Not(Unprefixed(not.Inner, source)),
        _ => filter,
    };
}
