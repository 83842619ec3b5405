using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>What the searches of Atlan's clients are.</summary>
internal static class SearchOperations
{
    private const string Tag = "Search";

    /// <summary>Those of every search.</summary>
    public static readonly ImmutableArray<ErrorCode> Refusals = [ErrorCodes.BadRequest, ErrorCodes.UnsupportedQuery, ErrorCodes.SearchTooLarge];

    public static readonly Operation Index = new("searchIndex", Tag, "Search with the Elasticsearch query language")
    {
        Description = "Sees everything that was saved when the search arrived. What is not supported is refused by its name and place.",
        Body = "IndexSearch",
        Answer = "IndexSearchAnswer",
        Refusals = Refusals,
    };

    public static readonly Operation Log = new("searchLog", Tag, "The log of searches")
    {
        Description = "This catalog keeps none, so it is empty.",
        Answer = "SearchLog",
    };
}
