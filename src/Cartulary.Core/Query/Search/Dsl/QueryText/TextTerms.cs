using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Dsl.QueryText;

/// <summary>
/// Makes expressions of the terms of a text query, for the fields that the query names, or for the one that stands before a
/// term.
/// </summary>
/// <param name="Scope">Takes the problems.</param>
/// <param name="Fields">The fields that are searched where a term names none; null when the query names none.</param>
/// <param name="NeedsAll">Whether all words of a term are needed.</param>
/// <param name="Slop">How many moves the words of a phrase may be apart.</param>
/// <param name="TieBreaker">How much the other fields' scores count beside the best one's.</param>
/// <param name="IsLenient">Whether a term that does not fit a field matches nothing there.</param>
/// <param name="Path">Where the text stands.</param>
internal sealed record TextTerms(
    DslScope Scope,
    ImmutableArray<(SearchField Field, double Boost)>? Fields,
    bool NeedsAll,
    int Slop,
    double TieBreaker,
    bool IsLenient,
    string Path)
{
    /// <summary>The same for one field; a field without values has none.</summary>
    public TextTerms For(string name) => this with { Fields = Scope.Field(name, Path) is { } field ? [(field, 1)] : [] };

    /// <summary>Words.</summary>
    public SearchExpression Words(string text, Fuzziness edits) => Each(field =>
        TextMatch.Words(Scope, field, text, new MatchWish(NeedsAll, default, edits, 0, IsLenient, false), Path));

    /// <summary>A phrase; null is the query's own slop.</summary>
    public SearchExpression Phrase(string text, int? slop) => Each(field =>
        IsLenient && !FieldValue.IsValue(Scope, field, text) ? null : TextMatch.Phrase(Scope, field, text, slop ?? Slop, lastIsPrefix: false, Path));

    /// <summary>A form of words or values: <c>*</c> and <c>?</c> stand for others. Texts that are kept in lower case are met in any case.</summary>
    public SearchExpression Pattern(string pattern) => pattern == "*"
        ? Each(field => new SearchExpression.Exists(field))
        : Each(field => OfText(field, "a pattern", () => pattern.AsSpan(0, pattern.Length - 1).IndexOfAny('*', '?', '\\') < 0 && pattern[^1] == '*'
            ? new SearchExpression.Prefix(field, Lower(field, pattern[..^1]), false)
            : new SearchExpression.Wildcard(field, Lower(field, pattern), false)));

    /// <summary>A regular expression.</summary>
    public SearchExpression Regexp(string pattern) =>
        Each(field => OfText(field, "a regular expression", () => new SearchExpression.Regexp(field, pattern, field.Kind == SearchFieldKind.FoldedKeyword)));

    /// <summary>A range; <c>*</c> is no bound.</summary>
    public SearchExpression Range(string? from, bool includesFrom, string? to, bool includesTo) => Each(field =>
    {
        var ends = new RangeEnds(End(from, includesFrom), End(to, includesTo), Path);
        return FieldValue.Range(Scope, field, ends, TimeSpan.Zero);
    });

    private RangeEnd? End(string? text, bool isInclusive) => text is null ? null : new RangeEnd(text, isInclusive, Path);

    private static string Lower(SearchField field, string text) => field.Kind == SearchFieldKind.Keyword ? text : SearchWords.Fold(text);

    private SearchExpression? OfText(SearchField field, string what, Func<SearchExpression> make) =>
        FieldValue.IsText(field) ? make()
        : IsLenient || !PatternQueries.Fits(Scope, field, Path, what) ? null
        : make();

    private SearchExpression Each(Func<SearchField, SearchExpression?> make)
    {
        if (Fields is not { } fields)
        {
            Scope.Refuse(Path, "a term needs a field: name it before the term, or in fields or default_field");
            return new SearchExpression.Nothing();
        }

        return CompoundQueries.Best(
            [.. fields.Select(one => QueryReader.Boosted(make(one.Field), one.Boost)).OfType<SearchExpression>()], TieBreaker);
    }
}
