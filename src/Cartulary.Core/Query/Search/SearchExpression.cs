using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// A search expression whose fields are known: what a query means, whichever language it came in. Its rules are those of the
/// queries of the same names in the Elasticsearch reference, "Query DSL". A field without values matches no expression that names it.
/// </summary>
/// <remarks>
/// As in Atlan's index a score only counts what matches, so that equal searches order equally whatever else is stored: 1 for
/// anything that matches, of <see cref="Words"/> 1 for each word that is there, of a <see cref="Group"/> the sum of what it must
/// and should match. Scores are of single precision. A text field with several values is searched as one text, but no phrase
/// goes from one value into the next. An edit is a character put in, left out or replaced, or two that change places.
/// </remarks>
public abstract record SearchExpression
{
    private SearchExpression()
    {
    }

    /// <summary>Matches every asset.</summary>
    public sealed record Everything : SearchExpression;

    /// <summary>Matches no asset.</summary>
    public sealed record Nothing : SearchExpression;

    /// <summary>Some value of the field is one of these; of a text field, one of its words. Numbers and times are in decimal.</summary>
    public sealed record OneOf(SearchField Field, ImmutableArray<string> Values, bool IgnoresCase) : SearchExpression;

    /// <summary>Some value, or word, begins so.</summary>
    public sealed record Prefix(SearchField Field, string Value, bool IgnoresCase) : SearchExpression;

    /// <summary>Some value, or word, has this form: <c>*</c> is any characters, <c>?</c> is one, and a backslash takes the next one literally.</summary>
    public sealed record Wildcard(SearchField Field, string Pattern, bool IgnoresCase) : SearchExpression;

    /// <summary>Some value, or word, as a whole has the form of this regular expression of Lucene's syntax.</summary>
    public sealed record Regexp(SearchField Field, string Pattern, bool IgnoresCase) : SearchExpression;

    /// <summary>Some value, or word, is at most so many edits away (0 to 2), beyond a prefix that is the same.</summary>
    public sealed record Fuzzy(SearchField Field, string Value, int Edits, int PrefixLength) : SearchExpression;

    /// <summary>Some value lies between two bounds; null is no bound.</summary>
    public sealed record Range(SearchField Field, SearchBound? From, SearchBound? To) : SearchExpression;

    /// <summary>There is a value.</summary>
    public sealed record Exists(SearchField Field) : SearchExpression;

    /// <summary>The text holds at least <paramref name="AtLeast"/> of the words, which <see cref="SearchWords"/> gave, each at most <paramref name="Edits"/> edits away.</summary>
    public sealed record Words(SearchField Field, ImmutableArray<string> Texts, int AtLeast, int Edits) : SearchExpression;

    /// <summary>The text holds the words, which <see cref="SearchWords"/> gave, in this order with at most <paramref name="Slop"/> moves; the last may be only begun.</summary>
    public sealed record Phrase(SearchField Field, ImmutableArray<string> Texts, int Slop, bool LastIsPrefix) : SearchExpression;

    /// <summary>The text has a stretch of this pattern.</summary>
    public sealed record Span(SearchField Field, SpanPattern Pattern) : SearchExpression;

    /// <summary>All of <paramref name="Must"/> and <paramref name="Filter"/>, at least so many of <paramref name="Should"/>, and none of <paramref name="MustNot"/>; filters do not count for the score.</summary>
    public sealed record Group(
        ImmutableArray<SearchExpression> Must,
        ImmutableArray<SearchExpression> Filter,
        ImmutableArray<SearchExpression> Should,
        ImmutableArray<SearchExpression> MustNot,
        int AtLeast) : SearchExpression;

    /// <summary>Some of these; the score is the best one's, with a share of the others'.</summary>
    public sealed record Best(ImmutableArray<SearchExpression> Of, double TieBreaker) : SearchExpression;

    /// <summary>The same with its score multiplied, or set where <paramref name="IsConstant"/>.</summary>
    public sealed record Weighted(SearchExpression Inner, double Weight, bool IsConstant) : SearchExpression;
}
