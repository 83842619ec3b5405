using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Cartulary.Search.Searching;
using Lucene.Net.Util;
using Lucene.Net.Util.Automaton;

namespace Cartulary.Search.Aggregating;

/// <summary>Which values an aggregation gives buckets to.</summary>
/// <param name="terms">The aggregation.</param>
/// <param name="bounds">How much a search may do.</param>
internal sealed class ChosenValues(SearchAggregation.Terms terms, SearchBounds bounds)
{
    private readonly Predicate<BytesRef>? _included = Of(terms.Field, terms.Include, bounds);
    private readonly Predicate<BytesRef>? _excluded = Of(terms.Field, terms.Exclude, bounds);

    /// <summary>Whether a value has a bucket.</summary>
    public bool Holds(BytesRef value) => _included?.Invoke(value) != false && _excluded?.Invoke(value) != true;

    private static Predicate<BytesRef>? Of(SearchField field, SearchValueChoice? choice, SearchBounds bounds)
    {
        if (choice is null)
        {
            return null;
        }

        if (choice.Pattern is { } pattern)
        {
            var form = field.Kind == SearchFieldKind.FoldedKeyword ? SearchWords.Fold(pattern) : pattern;
            var fits = new CharacterRunAutomaton(TermAutomata.Regexp(form, ignoresCase: false, bounds.PatternStates));
            return value => fits.Run(value.Utf8ToString());
        }

        var values = choice.Values.Select(value => IndexValues.Encode(field.Kind, value)).OfType<BytesRef>().ToHashSet();
        return values.Contains;
    }
}
