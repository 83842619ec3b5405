using System.Collections.Immutable;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Turns expressions into queries of the index.</summary>
/// <param name="reader">The state that is searched.</param>
/// <param name="bounds">How much a search may do.</param>
/// <param name="cancellationToken">Stops what the queries do.</param>
internal sealed class QueryTranslator(IndexReader reader, SearchBounds bounds, CancellationToken cancellationToken)
{
    private int _expressions;
    private int _depth;

    // A group of any number of expressions is one query.
    static QueryTranslator() => BooleanQuery.MaxClauseCount = int.MaxValue;

    /// <summary>The query of an expression.</summary>
    public Query Translate(SearchExpression expression)
    {
        if (++_expressions > bounds.Expressions)
        {
            throw SearchBounds.TooLarge($"A search may hold {bounds.Expressions} queries.");
        }

        if (++_depth > bounds.Depth)
        {
            throw SearchBounds.TooLarge($"Queries may stand {bounds.Depth} deep in each other.");
        }

        var query = Dispatch(expression);
        _depth--;
        return query;
    }

    private static Query Nothing => new BooleanQuery();

    private Query Dispatch(SearchExpression expression) => expression switch
    {
        SearchExpression.Everything => new MatchAllDocsQuery(),
        SearchExpression.Nothing => Nothing,
        SearchExpression.OneOf oneOf => OneOf(oneOf),
        SearchExpression.Prefix prefix => Prefix(prefix),
        SearchExpression.Wildcard wildcard => Matching(
            wildcard.Field, TermAutomata.Wildcard(InForm(wildcard.Field, wildcard.Pattern), wildcard.IgnoresCase, bounds.PatternStates)),
        SearchExpression.Regexp regexp => Matching(
            regexp.Field, TermAutomata.Regexp(InForm(regexp.Field, regexp.Pattern), regexp.IgnoresCase, bounds.PatternStates)),
        SearchExpression.Fuzzy fuzzy => Matching(
            fuzzy.Field, TermAutomata.Fuzzy(InForm(fuzzy.Field, fuzzy.Value), fuzzy.Edits, fuzzy.PrefixLength, bounds.PatternStates)),
        SearchExpression.Range range => Range(range),
        SearchExpression.Exists exists => Exists(exists.Field),
        SearchExpression.Words words => Words(words),
        SearchExpression.Phrase phrase => Phrase(phrase),
        SearchExpression.Span span => Filtered(new SpanFilter(span, bounds, cancellationToken)),
        SearchExpression.Group group => Group(group),
        SearchExpression.Best best => new DisjunctionMaxQuery([.. best.Of.Select(Translate)], (float)best.TieBreaker),
        SearchExpression.Weighted weighted => Weighted(weighted),
        _ => throw new ArgumentException($"The expression {expression.GetType().Name} is not known.", nameof(expression)),
    };

    private Query OneOf(SearchExpression.OneOf oneOf)
    {
        var field = oneOf.Field;
        if (oneOf.IgnoresCase && field.Kind == SearchFieldKind.Keyword)
        {
            var texts = new BooleanQuery(disableCoord: true);
            foreach (var value in oneOf.Values)
            {
                texts.Add(Matching(field, SubsetConstruction.Of(TermAutomata.Text(value, ignoresCase: true), bounds.PatternStates)), Occur.SHOULD);
            }

            return new ConstantScoreQuery(texts);
        }

        return Filtered(new ListedTermsFilter(field.Name, oneOf.Values.Select(value => TermOf(field, oneOf.IgnoresCase ? SearchWords.Fold(value) : value)).OfType<BytesRef>(), cancellationToken));
    }

    private Query Prefix(SearchExpression.Prefix prefix)
    {
        RefuseNumbers(prefix.Field);
        var text = InForm(prefix.Field, prefix.Value);
        return prefix.IgnoresCase
            ? Matching(prefix.Field, TermAutomata.Prefix(text, ignoresCase: true, bounds.PatternStates))
            : Filtered(new PrefixTermsFilter(prefix.Field.Name, new BytesRef(text), cancellationToken));
    }

    private Query Matching(SearchField field, Lucene.Net.Util.Automaton.Automaton automaton)
    {
        RefuseNumbers(field);
        return Filtered(new AutomatonFilter(field.Name, automaton, cancellationToken));
    }

    private static Query Range(SearchExpression.Range range)
    {
        var (field, from, to) = range;
        if (!IndexValues.IsNumber(field.Kind))
        {
            return Filtered(new TermRangeFilter(
                field.Name,
                from is null ? null : new BytesRef(InForm(field, from.Value)),
                to is null ? null : new BytesRef(InForm(field, to.Value)),
                from is null or { IsInclusive: true },
                to is null or { IsInclusive: true }));
        }

        long? low = from is null ? null : NumberOf(field, from.Value);
        long? high = to is null ? null : NumberOf(field, to.Value);
        return Filtered(NumericRangeFilter.NewInt64Range(field.Name, 16, low, high, from is null or { IsInclusive: true }, to is null or { IsInclusive: true }));
    }

    private Query Exists(SearchField field) => field.Kind == SearchFieldKind.Text
        ? Filtered(new ListedTermsFilter(IndexNames.WordFields, [new BytesRef(field.Name)], cancellationToken))
        : Filtered(new HasValueFilter(field.Name));

    private Query Words(SearchExpression.Words words)
    {
        if (words.Texts.IsEmpty || words.AtLeast > words.Texts.Length)
        {
            return Nothing;
        }

        var query = new BooleanQuery(disableCoord: true) { MinimumNumberShouldMatch = Math.Max(1, words.AtLeast) };
        foreach (var word in words.Texts)
        {
            query.Add(words.Edits == 0
                ? new TermQuery(new Term(words.Field.Name, word))
                : Matching(words.Field, TermAutomata.Fuzzy(word, words.Edits, prefixLength: 0, bounds.PatternStates)), Occur.SHOULD);
        }

        return query;
    }

    private Query Phrase(SearchExpression.Phrase phrase)
    {
        var (field, texts) = (phrase.Field.Name, phrase.Texts);
        if (texts.IsEmpty)
        {
            return Nothing;
        }

        if (texts.Length == 1)
        {
            return phrase.LastIsPrefix
                ? Filtered(new PrefixTermsFilter(field, new BytesRef(texts[0]), cancellationToken))
                : new TermQuery(new Term(field, texts[0]));
        }

        if (!phrase.LastIsPrefix)
        {
            var whole = new PhraseQuery { Slop = phrase.Slop };
            foreach (var text in texts)
            {
                whole.Add(new Term(field, text));
            }

            return whole;
        }

        var last = TermsBeginning(field, texts[^1]);
        if (last.Length == 0)
        {
            return Nothing;
        }

        var begun = new MultiPhraseQuery { Slop = phrase.Slop };
        foreach (var text in texts[..^1])
        {
            begun.Add(new Term(field, text));
        }

        begun.Add(last);
        return begun;
    }

    private Term[] TermsBeginning(string field, string prefix)
    {
        if (MultiFields.GetTerms(reader, field) is not { } terms)
        {
            return [];
        }

        var found = PrefixTermsFilter.Beginning(terms, new BytesRef(prefix)).Take(bounds.PatternStates + 1)
            .Select(at => new Term(field, BytesRef.DeepCopyOf(at.Term)))
            .ToArray();
        return found.Length <= bounds.PatternStates
            ? found
            : throw SearchBounds.TooLarge($"More than {bounds.PatternStates} words begin with {prefix}; say more of the last word.");
    }

    private Query Group(SearchExpression.Group group)
    {
        if (group.AtLeast > group.Should.Length)
        {
            return Nothing;
        }

        var query = new BooleanQuery(disableCoord: true) { MinimumNumberShouldMatch = Math.Max(0, group.AtLeast) };
        Add(query, group.Must, Occur.MUST);
        Add(query, group.Should, Occur.SHOULD);
        Add(query, group.MustNot, Occur.MUST_NOT);
        foreach (var filter in group.Filter)
        {
            query.Add(new ConstantScoreQuery(Translate(filter)) { Boost = 0 }, Occur.MUST);
        }

        if (group.Must.IsEmpty && group.Filter.IsEmpty && group.AtLeast <= 0)
        {
            query.Add(new MatchAllDocsQuery { Boost = 0 }, Occur.MUST);
        }

        return query;
    }

    private void Add(BooleanQuery query, ImmutableArray<SearchExpression> expressions, Occur occur)
    {
        foreach (var expression in expressions)
        {
            query.Add(Translate(expression), occur);
        }
    }

    private Query Weighted(SearchExpression.Weighted weighted)
    {
        var query = Translate(weighted.Inner);
        if (weighted.IsConstant)
        {
            return new ConstantScoreQuery(query) { Boost = (float)weighted.Weight };
        }

        query.Boost *= (float)weighted.Weight;
        return query;
    }

    private static ConstantScoreQuery Filtered(Filter filter) => new(filter);

    private static string InForm(SearchField field, string text) => field.Kind == SearchFieldKind.FoldedKeyword ? SearchWords.Fold(text) : text;

    /// <summary>The term under which a value stands; null when the field can have no such value.</summary>
    private static BytesRef? TermOf(SearchField field, string value)
    {
        if (!IndexValues.IsNumber(field.Kind))
        {
            return new BytesRef(InForm(field, value));
        }

        if (IndexValues.Sortable(field.Kind, value) is not { } number)
        {
            return null;
        }

        var term = new BytesRef();
        NumericUtils.Int64ToPrefixCodedBytes(number, 0, term);
        return term;
    }

    private static long NumberOf(SearchField field, string value) =>
        IndexValues.Sortable(field.Kind, value) ?? throw new ArgumentException($"{value} is no value of {field.Name}.", nameof(value));

    private static void RefuseNumbers(SearchField field)
    {
        if (IndexValues.IsNumber(field.Kind))
        {
            throw new ArgumentException($"{field.Name} holds numbers, which have no characters.", nameof(field));
        }
    }
}
