using Lucene.Net.Index;
using Lucene.Net.Util.Automaton;

namespace Cartulary.Search.Searching;

/// <summary>Documents that have a term which an automaton accepts.</summary>
internal sealed class AutomatonFilter(string field, Automaton automaton, CancellationToken cancellationToken) : TermsFilter(field, cancellationToken)
{
    private readonly CompiledAutomaton _automaton = new(automaton);

    /// <inheritdoc/>
    protected override IEnumerable<TermsEnum> Matching(Terms terms)
    {
        var at = _automaton.GetTermsEnum(terms);
        while (at.MoveNext())
        {
            yield return at;
        }
    }
}
