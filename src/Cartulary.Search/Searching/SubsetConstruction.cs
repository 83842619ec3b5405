using Lucene.Net.Util.Automaton;

namespace Cartulary.Search.Searching;

/// <summary>Makes an automaton deterministic, and refuses where that takes more states than allowed.</summary>
internal static class SubsetConstruction
{
    /// <summary>An automaton that accepts the same.</summary>
    public static Automaton Of(Automaton automaton, int statesMax)
    {
        automaton.ExpandSingleton();
        if (automaton.IsDeterministic)
        {
            return automaton;
        }

        var numbers = new Dictionary<State, int>(ReferenceEqualityComparer.Instance);
        var known = new Dictionary<string, State>(StringComparer.Ordinal);
        var open = new Queue<(List<State> Of, State State)>();
        var first = Find([automaton.GetInitialState()]);
        while (open.TryDequeue(out var next))
        {
            foreach (var (from, to, targets) in Steps(next.Of))
            {
                next.State.AddTransition(new Transition(from, to, Find(targets)));
            }
        }

        var result = new Automaton(first) { IsDeterministic = true };
        result.RemoveDeadTransitions();
        return result;

        State Find(List<State> of)
        {
            var name = string.Join(',', of.Select(NumberOf).Order());
            if (!known.TryGetValue(name, out var state))
            {
                if (known.Count >= statesMax)
                {
                    throw SearchBounds.TooLarge($"A pattern is too complex: it stands for more than {statesMax} states. Say more of what it begins with, or use fewer signs that stand for anything.");
                }

                state = new State { Accept = of.Exists(one => one.Accept) };
                known.Add(name, state);
                open.Enqueue((of, state));
            }

            return state;
        }

        int NumberOf(State state)
        {
            if (!numbers.TryGetValue(state, out var number))
            {
                number = numbers.Count;
                numbers.Add(state, number);
            }

            return number;
        }
    }

    /// <summary>The ranges of characters by which some states can be left, each with where it leads.</summary>
    private static IEnumerable<(int From, int To, List<State> Targets)> Steps(List<State> of)
    {
        var transitions = of.SelectMany(state => state.GetTransitions()).ToList();
        var starts = transitions.SelectMany(transition => new[] { transition.Min, transition.Max + 1 }).Distinct().Order().ToList();
        for (var i = 0; i + 1 < starts.Count; i++)
        {
            var targets = transitions.Where(transition => transition.Min <= starts[i] && starts[i] <= transition.Max)
                .Select(transition => transition.Dest)
                .Distinct(ReferenceEqualityComparer.Instance)
                .Cast<State>()
                .ToList();
            if (targets.Count > 0)
            {
                yield return (starts[i], starts[i + 1] - 1, targets);
            }
        }
    }
}
