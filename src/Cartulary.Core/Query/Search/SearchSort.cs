namespace Cartulary.Core.Query.Search;

/// <summary>A key of an order. Of several values the smallest counts ascending and the greatest descending.</summary>
/// <param name="Field">The field; null is the score.</param>
/// <param name="IsDescending">Whether greater values come first.</param>
/// <param name="MissingFirst">Whether assets without a value come first; they come last by default in both directions.</param>
public sealed record SearchSort(SearchField? Field, bool IsDescending, bool MissingFirst);
