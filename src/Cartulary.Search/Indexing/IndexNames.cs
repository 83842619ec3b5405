namespace Cartulary.Search.Indexing;

/// <summary>Fields of the index that no query can name.</summary>
internal static class IndexNames
{
    /// <summary>The field by which a document is replaced.</summary>
    public const string Guid = "__guid";

    /// <summary>The number of the asset.</summary>
    public const string Asset = "_asset";

    /// <summary>The names of the fields of words that have values.</summary>
    public const string WordFields = "_words";

    /// <summary>The guids of the assets whose names the document holds.</summary>
    public const string DependsOn = "_dependsOn";
}
