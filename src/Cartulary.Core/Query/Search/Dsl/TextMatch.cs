using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// Matches a text against a field the way the field's own texts are kept: by words where it has words, and otherwise as one value.
/// </summary>
internal static class TextMatch
{
    /// <summary>Matches words; null with a problem when the text does not fit the field.</summary>
    public static SearchExpression? Words(DslScope scope, SearchField field, string text, MatchWish wish, string path)
    {
        if (field.Kind != SearchFieldKind.Text)
        {
            return Value(scope, field, text, wish, path);
        }

        var words = SearchWords.Of(field, text);
        return words.Length switch
        {
            0 => wish.NoWordsMatchAll ? new SearchExpression.Everything() : new SearchExpression.Nothing(),
            1 => Word(field, words[0], wish),
            _ => Several(field, words, wish),
        };
    }

    /// <summary>Matches words, of which the last may be only begun.</summary>
    public static SearchExpression? BoolPrefix(DslScope scope, SearchField field, string text, MatchWish wish, string path)
    {
        if (field.Kind != SearchFieldKind.Text)
        {
            return PatternQueries.Fits(scope, field, path, "match_bool_prefix") ? new SearchExpression.Prefix(field, FieldValue.Fold(field, text), false) : null;
        }

        var words = SearchWords.Of(field, text);
        if (words.IsEmpty)
        {
            return new SearchExpression.Nothing();
        }

        ImmutableArray<SearchExpression> parts =
            [.. words.Take(words.Length - 1).Select(word => Word(field, word, wish)), new SearchExpression.Prefix(field, words[^1], false)];
        return parts.Length == 1 ? parts[0]
            : wish.NeedsAll ? new SearchExpression.Group(parts, [], [], [], 0)
            : BoolQuery.Join([], [], parts, [], AtLeast(wish, parts.Length));
    }

    /// <summary>Matches a phrase; null with a problem when the field has no words to stand in an order.</summary>
    public static SearchExpression? Phrase(DslScope scope, SearchField field, string text, int slop, bool lastIsPrefix, string path)
    {
        if (field.Kind != SearchFieldKind.Text)
        {
            if (lastIsPrefix)
            {
                scope.Refuse(path, $"phrases of which the last word is only begun are for words, and {field.Name} has whole values; use prefix");
                return null;
            }

            return FieldValue.Equal(scope, field, text, path, ignoresCase: false);
        }

        var words = SearchWords.Of(field, text);
        return words.IsEmpty ? new SearchExpression.Nothing()
            : words.Length == 1 && !lastIsPrefix ? Word(field, words[0], MatchWish.Default)
            : words.Length == 1 ? new SearchExpression.Prefix(field, words[0], false)
            : new SearchExpression.Phrase(field, words, slop, lastIsPrefix);
    }

    /// <summary>Matches a text as one value; null with a problem when it does not fit the field.</summary>
    public static SearchExpression? Value(DslScope scope, SearchField field, string text, MatchWish wish, string path)
    {
        if (FieldValue.IsText(field))
        {
            var folded = FieldValue.Fold(field, text);
            return wish.Edits.For(folded) is > 0 and var edits
                ? new SearchExpression.Fuzzy(field, folded, edits, wish.PrefixLength)
                : new SearchExpression.OneOf(field, [folded], false);
        }

        return wish.IsLenient && !FieldValue.IsValue(scope, field, text)
            ? new SearchExpression.Nothing()
            : FieldValue.Equal(scope, field, text, path, ignoresCase: false);
    }

    private static SearchExpression Word(SearchField field, string word, MatchWish wish)
    {
        var edits = wish.Edits.For(word);
        return edits > 0 && wish.PrefixLength > 0
            ? new SearchExpression.Fuzzy(field, word, edits, wish.PrefixLength)
            : new SearchExpression.Words(field, [word], 1, edits);
    }

    private static SearchExpression Several(SearchField field, ImmutableArray<string> words, MatchWish wish)
    {
        var edits = words.Select(wish.Edits.For).Distinct().ToList();
        if (edits.Count == 1 && (edits[0] == 0 || wish.PrefixLength == 0))
        {
            var needed = wish.NeedsAll ? words.Length : AtLeast(wish, words.Length) ?? 1;
            return needed > words.Length ? new SearchExpression.Nothing() : new SearchExpression.Words(field, words, Math.Max(needed, 1), edits[0]);
        }

        ImmutableArray<SearchExpression> parts = [.. words.Select(word => Word(field, word, wish))];
        return wish.NeedsAll ? new SearchExpression.Group(parts, [], [], [], 0) : BoolQuery.Join([], [], parts, [], AtLeast(wish, parts.Length));
    }

    /// <summary>How many of some words are needed; null where that is not said.</summary>
    public static int? AtLeast(MatchWish wish, int count) =>
        wish.AtLeast.ValueKind == JsonValueKind.Undefined ? null : MinimumShouldMatch.Of(wish.AtLeast, count);
}
