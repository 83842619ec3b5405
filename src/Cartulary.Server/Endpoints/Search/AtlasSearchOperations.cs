using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>What the searches of Apache Atlas's clients are.</summary>
internal static class AtlasSearchOperations
{
    private const string Tag = "Search";

    private static readonly ImmutableArray<Parameter> Page =
    [
        Parameter.Number("limit", "How many assets are told at most; -1 is the default, 100."),
        Parameter.Number("offset", "How many are passed over."),
    ];

    private static readonly Parameter ExcludeDeleted = Parameter.Flag("excludeDeletedEntities", "Leaves archived assets out.");

    private static readonly Parameter Text = Parameter.Text("query", "Words, as in Lucene's query syntax, over names, descriptions, tags, terms, labels and custom attributes.");

    private static readonly ImmutableArray<Parameter> Order =
    [
        Parameter.Text("sortBy", "The field that orders the result; without it the best come first, or the guid orders where there is no query."),
        Parameter.Text("sortOrder", "ASCENDING or DESCENDING."),
    ];

    private static readonly ImmutableArray<Parameter> Searching =
    [
        Text, Parameter.Text("typeName", "A type, or several with commas between them; subtypes count."),
        Parameter.Text("classification", "A tag, by its name or display name; subtypes count. * stands for any characters, _NOT_CLASSIFIED for none."),
        ExcludeDeleted, .. Order, .. Page,
    ];

    private static readonly ImmutableArray<ErrorCode> Refusals =
        [
            ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.UnsupportedQuery, ErrorCodes.SearchTooLarge, ErrorCodes.UnknownTypeName, ErrorCodes.TagNotFound,
        ];

    public static readonly Operation Basic = new("searchBasic", Tag, "Search by type, tag and words")
    {
        Parameters = Searching,
        Answer = "SearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation BasicBody = new("searchBasicWithConditions", Tag, "Search by type, tag, words and conditions")
    {
        Body = "BasicSearch",
        Answer = "SearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation Quick = new("searchQuick", Tag, "Search, and count by type")
    {
        Parameters = Searching,
        Answer = "QuickSearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation QuickBody = new("searchQuickWithConditions", Tag, "Search with conditions, and count by type")
    {
        Body = "BasicSearch",
        Answer = "QuickSearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation FullText = new("searchFullText", Tag, "Search for words")
    {
        Parameters = [Text with { IsRequired = true }, ExcludeDeleted, .. Page],
        Answer = "SearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation Attribute = new("searchAttribute", Tag, "Search by the beginning of a value")
    {
        Parameters =
        [
            Parameter.Text("typeName", "The type; subtypes count.") with { IsRequired = true },
            Parameter.Text("attrName", "The attribute; qualifiedName by default."),
            Parameter.Text("attrValuePrefix", "How its value begins; absent for any value."),
            ExcludeDeleted, .. Order, .. Page,
        ],
        Answer = "SearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation Dsl = new("searchDsl", Tag, "Search with Apache Atlas's query language")
    {
        Description = "A type or tag, where with comparisons, like, in, has and isa, select, orderby, limit and offset. Functions, groups and conditions on related assets are refused.",
        Parameters = [Parameter.Text("query", "The query, such as: Table where name like \"*orders*\" orderby name limit 10.") with { IsRequired = true }, .. Page],
        Answer = "SearchResult",
        Refusals = Refusals,
    };

    public static readonly Operation Relationship = new("searchRelationship", Tag, "The assets that one is joined to")
    {
        Parameters =
        [
            Parameter.Text("guid", "The asset.") with { IsRequired = true },
            Parameter.Text("relation", "The name of the relationship attribute.") with { IsRequired = true },
            ExcludeDeleted, Parameter.Text("sortBy", "The attribute that orders them; name by default."), Parameter.Text("sortOrder", "ASCENDING or DESCENDING."), .. Page,
        ],
        Answer = "SearchResult",
        Refusals = [ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.UnsupportedQuery, ErrorCodes.NoRelationship, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation Suggest = new("searchSuggestions", Tag, "Values that begin so")
    {
        Description = "The five most frequent; those of names and of other fields that ignore case are in lower case.",
        Parameters =
        [
            Parameter.Text("prefixString", "The beginning.") with { IsRequired = true },
            Parameter.Text("fieldName", "The field; name by default."),
        ],
        Answer = "Suggestions",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.UnsupportedQuery, ErrorCodes.SearchTooLarge],
    };
}
