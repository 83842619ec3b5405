using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>How words are matched.</summary>
/// <param name="NeedsAll">Whether all words are needed.</param>
/// <param name="AtLeast">How many are needed, as minimum_should_match; undefined for one.</param>
/// <param name="Edits">How many edits away a word may be.</param>
/// <param name="PrefixLength">How many of a word's first letters must be the same.</param>
/// <param name="IsLenient">Whether a value that does not fit the field matches nothing, rather than being a mistake.</param>
/// <param name="NoWordsMatchAll">Whether a text without words matches everything.</param>
internal sealed record MatchWish(bool NeedsAll, JsonElement AtLeast, Fuzziness Edits, int PrefixLength, bool IsLenient, bool NoWordsMatchAll)
{
    /// <summary>Without options.</summary>
    public static MatchWish Default { get; } = new(false, default, Fuzziness.None, 0, false, false);

    /// <summary>Takes the options of a match query.</summary>
    public static MatchWish Take(DslScope scope, DslObject options)
    {
        var needsAll = Operator(scope, options, "operator");
        options.TryTake("minimum_should_match", out var atLeast);
        if (atLeast.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            if (MinimumShouldMatch.Of(atLeast, 1) is null)
            {
                scope.Refuse(options.At("minimum_should_match"), "minimum_should_match must be a number, a percentage, or rules such as 2<75%");
            }
        }
        else
        {
            atLeast = default;
        }

        var edits = PatternQueries.FuzzinessOf(scope, options, Fuzziness.None);
        var prefix = options.Whole("prefix_length", 0, 0, PatternQueries.Longest);
        PatternQueries.PassExpansions(options);
        options.Pass("auto_generate_synonyms_phrase_query", "fuzzy_rewrite");
        options.Only("analyzer", "standard");
        var lenient = options.Flag("lenient", @default: false);
        var zero = options.Text("zero_terms_query") ?? "none";
        if (zero is not ("none" or "all"))
        {
            scope.Refuse(options.At("zero_terms_query"), "zero_terms_query must be none or all");
        }

        return new MatchWish(needsAll, atLeast, edits, prefix, lenient, zero == "all");
    }

    /// <summary>Takes an option that says or, which is the default, or and.</summary>
    public static bool Operator(DslScope scope, DslObject options, string name)
    {
        var text = options.Text(name)?.ToUpperInvariant() ?? "OR";
        if (text is not ("OR" or "AND"))
        {
            scope.Refuse(options.At(name), $"{name} must be and or or");
        }

        return text == "AND";
    }
}
