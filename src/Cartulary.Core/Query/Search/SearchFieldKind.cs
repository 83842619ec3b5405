namespace Cartulary.Core.Query.Search;

/// <summary>How the values of a search field are compared and ordered.</summary>
public enum SearchFieldKind
{
    /// <summary>Whole texts, by their characters.</summary>
    Keyword,

    /// <summary>Whole texts in lower case, as the <c>.keyword</c> fields of Atlan's index are normalised.</summary>
    FoldedKeyword,

    /// <summary>Words, as an analyzer finds them.</summary>
    Text,

    /// <summary>Whole numbers of 64 bits; times are epoch milliseconds.</summary>
    Integer,

    /// <summary>Floating-point numbers.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Boolean,
}
