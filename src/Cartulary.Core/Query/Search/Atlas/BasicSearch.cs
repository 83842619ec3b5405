using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>A search of Apache Atlas (Apache Atlas, "SearchParameters").</summary>
public sealed record BasicSearch
{
    /// <summary>Lucene's query syntax, over names, descriptions, tags, terms, labels and custom attributes; null for all.</summary>
    public string? Query { get; init; }

    /// <summary>A type, or several with commas between them; null for all.</summary>
    public string? TypeName { get; init; }

    /// <summary>A tag, by its name or its display name, or a form of names; null for none in particular.</summary>
    public string? Classification { get; init; }

    /// <summary>A term, by its qualified name or its name; null for none in particular.</summary>
    public string? TermName { get; init; }

    /// <summary>The field that orders the result; null for the best first.</summary>
    public string? SortBy { get; init; }

    /// <summary>Whether the order is descending.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Whether archived assets are left out.</summary>
    public bool ExcludesDeleted { get; init; }

    /// <summary>Whether subtypes of the types count.</summary>
    public bool IncludesSubTypes { get; init; } = true;

    /// <summary>Whether subtypes of the tag count.</summary>
    public bool IncludesSubClassifications { get; init; } = true;

    /// <summary>A condition; null for none.</summary>
    public AssetFilter? Filter { get; init; }

    /// <summary>A condition on the attributes of the tag that <see cref="Classification"/> names; null for none.</summary>
    public AssetFilter? TagFilter { get; init; }

    /// <summary>How many assets are returned at most.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>How many are passed over.</summary>
    public int Offset { get; init; }

    /// <summary>Attributes that are told beside the names.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>What is computed beside.</summary>
    public ImmutableArray<SearchAggregation> Aggregations { get; init; } = [];

    /// <summary>How many assets are returned when nothing is said, or -1.</summary>
    public const int DefaultLimit = 100;
}
