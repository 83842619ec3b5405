namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>The ends of a range as a search writes them.</summary>
/// <param name="From">The lower one; null for none.</param>
/// <param name="To">The upper one; null for none.</param>
/// <param name="Path">Where the range stands.</param>
internal sealed record RangeEnds(RangeEnd? From, RangeEnd? To, string Path);

/// <summary>An end of a range.</summary>
/// <param name="Text">The value, as a text.</param>
/// <param name="IsInclusive">Whether it belongs to the range.</param>
/// <param name="Path">Where it stands.</param>
internal sealed record RangeEnd(string Text, bool IsInclusive, string Path);
