using System.Text;
using Lucene.Net.Util.Automaton;

namespace Cartulary.Search.Searching;

/// <summary>Makes automata of patterns. Those it gives are deterministic, and no larger than a limit: a few signs can stand for a billion states.</summary>
internal static class TermAutomata
{
    /// <summary>Texts that are this one, whatever the case of its letters.</summary>
    public static Automaton Text(string text, bool ignoresCase)
    {
        var automaton = Empty();
        foreach (var rune in text.EnumerateRunes())
        {
            automaton = BasicOperations.Concatenate(automaton, Rune(rune, ignoresCase));
        }

        return automaton;
    }

    /// <summary>Texts that begin so.</summary>
    public static Automaton Prefix(string prefix, bool ignoresCase, int statesMax) =>
        Determinize(BasicOperations.Concatenate(Text(prefix, ignoresCase), BasicAutomata.MakeAnyString()), statesMax);

    /// <summary>Texts of a form with <c>*</c> and <c>?</c>.</summary>
    public static Automaton Wildcard(string pattern, bool ignoresCase, int statesMax)
    {
        var parts = new List<Automaton>();
        var isLiteral = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!isLiteral && rune.Value == '\\')
            {
                isLiteral = true;
                continue;
            }

            parts.Add(rune.Value switch
            {
                '*' when !isLiteral => BasicAutomata.MakeAnyString(),
                '?' when !isLiteral => BasicAutomata.MakeAnyChar(),
                _ => Rune(rune, ignoresCase),
            });
            isLiteral = false;
        }

        if (isLiteral)
        {
            parts.Add(BasicAutomata.MakeChar('\\'));
        }

        return Determinize(parts.Count == 0 ? Empty() : BasicOperations.Concatenate(parts), statesMax);
    }

    /// <summary>Texts that a regular expression matches as a whole.</summary>
    public static Automaton Regexp(string pattern, bool ignoresCase, int statesMax) =>
        Determinize(RegexpParser.Parse(pattern, ignoresCase, statesMax), statesMax);

    /// <summary>Texts that are some edits away from one, beyond a prefix that is the same.</summary>
    public static Automaton Fuzzy(string text, int edits, int prefixLength, int statesMax)
    {
        var runes = text.EnumerateRunes().ToList();
        var prefix = string.Concat(runes.Take(prefixLength));
        var rest = string.Concat(runes.Skip(prefixLength));
        var near = new LevenshteinAutomata(rest, withTranspositions: true).ToAutomaton(edits);
        return Determinize(BasicOperations.Concatenate(Text(prefix, ignoresCase: false), near), statesMax);
    }

    /// <summary>One character.</summary>
    public static Automaton Rune(Rune rune, bool ignoresCase)
    {
        if (!ignoresCase)
        {
            return BasicAutomata.MakeChar(rune.Value);
        }

        var forms = new HashSet<int> { rune.Value, System.Text.Rune.ToLowerInvariant(rune).Value, System.Text.Rune.ToUpperInvariant(rune).Value };
        return forms.Count == 1 ? BasicAutomata.MakeChar(rune.Value) : BasicOperations.Union([.. forms.Select(BasicAutomata.MakeChar)]);
    }

    private static Automaton Empty() => BasicAutomata.MakeString("");

    private static Automaton Determinize(Automaton automaton, int statesMax) => SubsetConstruction.Of(automaton, statesMax);
}
