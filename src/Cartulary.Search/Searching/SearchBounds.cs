using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;

namespace Cartulary.Search.Searching;

/// <summary>How much one search may do.</summary>
/// <param name="Buckets">Most buckets of an answer.</param>
/// <param name="Expressions">Most expressions, inner ones included.</param>
/// <param name="Depth">Deepest nesting.</param>
/// <param name="PatternStates">Most states of the automaton that a pattern becomes, and most words that an unfinished word may stand for.</param>
internal sealed record SearchBounds(int Buckets, int Expressions, int Depth, int PatternStates)
{
    /// <summary>The refusal of a search that does too much.</summary>
    public static SearchRefusedException TooLarge(string message) => new(new Problem(ErrorCodes.SearchTooLarge, "dsl", message));

    /// <summary>The refusal of a search that cannot be understood.</summary>
    public static SearchRefusedException Refused(string message) => new(new Problem(ErrorCodes.UnsupportedQuery, "dsl", message));
}
