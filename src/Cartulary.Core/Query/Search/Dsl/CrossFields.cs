using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// Matches each word of a text in any of several fields, as if they were one. Fields that take a text apart otherwise have other
/// words, so they make groups, and all words that are needed must be in one group.
/// </summary>
internal static class CrossFields
{
    /// <summary>The expression; null with a problem when the text does not fit a field.</summary>
    public static SearchExpression? Read(
        DslScope scope, ImmutableArray<(SearchField Field, double Boost)> fields, string text, MatchWish wish, double tieBreaker, string path)
    {
        var groups = ImmutableArray.CreateBuilder<SearchExpression>();
        foreach (var group in fields.Where(one => one.Field.Kind == SearchFieldKind.Text).GroupBy(one => SearchWords.WayOf(one.Field)))
        {
            groups.Add(OfWords([.. group], SearchWords.Of(group.First().Field, text), wish, tieBreaker));
        }

        foreach (var group in fields.Where(one => one.Field.Kind != SearchFieldKind.Text).GroupBy(one => one.Field.Kind))
        {
            var parts = group.Select(one => QueryReader.Boosted(TextMatch.Value(scope, one.Field, text, wish, path), one.Boost)).ToList();
            if (parts.Contains(null))
            {
                return null;
            }

            groups.Add(CompoundQueries.Best([.. parts!], tieBreaker));
        }

        return CompoundQueries.Best(groups.ToImmutable(), tieBreaker);
    }

    private static SearchExpression OfWords(ImmutableArray<(SearchField Field, double Boost)> fields, ImmutableArray<string> words, MatchWish wish, double tieBreaker)
    {
        if (words.IsEmpty)
        {
            return wish.NoWordsMatchAll ? new SearchExpression.Everything() : new SearchExpression.Nothing();
        }

        ImmutableArray<SearchExpression> parts =
        [
            .. words.Select(word => CompoundQueries.Best(
                [.. fields.Select(one => QueryReader.Boosted(new SearchExpression.Words(one.Field, [word], 1, 0), one.Boost)!)], tieBreaker)),
        ];
        return parts.Length == 1 ? parts[0]
            : wish.NeedsAll ? new SearchExpression.Group(parts, [], [], [], 0)
            : BoolQuery.Join([], [], parts, [], TextMatch.AtLeast(wish, parts.Length));
    }
}
