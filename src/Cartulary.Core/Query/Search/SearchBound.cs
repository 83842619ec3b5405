namespace Cartulary.Core.Query.Search;

/// <summary>An end of a range.</summary>
/// <param name="Value">The value in the field's form; numbers and times in decimal.</param>
/// <param name="IsInclusive">Whether the value itself is in the range.</param>
public sealed record SearchBound(string Value, bool IsInclusive);
