using Cartulary.Core.Query.Search;

namespace Cartulary.Search.Searching;

/// <summary>Finds the stretches of a pattern in one document.</summary>
/// <param name="placesOf">Where a word stands, in order.</param>
/// <param name="most">Most stretches that are looked at together.</param>
internal sealed class SpanFinder(Func<string, int[]> placesOf, int most)
{
    /// <summary>The words of a pattern.</summary>
    public static IEnumerable<string> Words(SpanPattern pattern) => pattern switch
    {
        SpanPattern.Word word => [word.Text],
        SpanPattern.Near near => near.Of.SelectMany(Words),
        SpanPattern.Any any => any.Of.SelectMany(Words),
        SpanPattern.Without without => Words(without.Include).Concat(Words(without.Exclude)),
        SpanPattern.First first => Words(first.Of),
        SpanPattern.Within within => Words(within.Little).Concat(Words(within.Big)),
        SpanPattern.Around around => Words(around.Big).Concat(Words(around.Little)),
        _ => throw Unknown(pattern),
    };

    /// <summary>Whether there can be a stretch where only some words are; no places are needed for that.</summary>
    public static bool CanBe(SpanPattern pattern, Func<string, bool> isThere) => pattern switch
    {
        SpanPattern.Word word => isThere(word.Text),
        SpanPattern.Near near => near.Of.All(part => CanBe(part, isThere)),
        SpanPattern.Any any => any.Of.Any(part => CanBe(part, isThere)),
        SpanPattern.Without without => CanBe(without.Include, isThere),
        SpanPattern.First first => CanBe(first.Of, isThere),
        SpanPattern.Within within => CanBe(within.Little, isThere) && CanBe(within.Big, isThere),
        SpanPattern.Around around => CanBe(around.Big, isThere) && CanBe(around.Little, isThere),
        _ => throw Unknown(pattern),
    };

    /// <summary>All stretches, each once: the first place and the one after the last.</summary>
    public List<(int Start, int End)> Find(SpanPattern pattern) => pattern switch
    {
        SpanPattern.Word word => [.. Bounded(placesOf(word.Text)).Select(place => (place, place + 1))],
        SpanPattern.Near near => FindNear(near),
        SpanPattern.Any any => Bounded(any.Of.SelectMany(Find).Distinct().ToList()),
        SpanPattern.Without without => FindWithout(without),
        SpanPattern.First first => [.. Find(first.Of).Where(span => span.End <= first.End)],
        SpanPattern.Within within => FindWithin(Find(within.Little), Find(within.Big)),
        SpanPattern.Around around => FindAround(Find(around.Big), Find(around.Little)),
        _ => throw Unknown(pattern),
    };

    /// <summary>
    /// Of all ways to take a stretch of each part that begin and end at the same places, the one that covers most leaves the fewest
    /// places that are none's: so it is enough to remember how much that is.
    /// </summary>
    private List<(int Start, int End)> FindNear(SpanPattern.Near near)
    {
        var parts = near.Of.Select(Find).ToList();
        var widest = parts.Select(part => part.Count == 0 ? 0 : part.Max(span => span.End - span.Start)).ToList();
        var covered = new Dictionary<(int Start, int End), int>();
        for (var i = 0; i < parts.Count; i++)
        {
            var open = widest.Skip(i + 1).Sum();
            var next = new Dictionary<(int Start, int End), int>();
            foreach (var span in parts[i])
            {
                if (i == 0)
                {
                    Add(next, near, span, span, cover: 0, open);
                    continue;
                }

                foreach (var (taken, cover) in covered)
                {
                    Add(next, near, span, taken, cover, open);
                }
            }

            covered = next;
        }

        return [.. covered.Keys];
    }

    private void Add(Dictionary<(int Start, int End), int> next, SpanPattern.Near near, (int Start, int End) span, (int Start, int End) taken, int cover, int open)
    {
        if (near.IsOrdered && cover > 0 && span.Start < taken.End)
        {
            return;
        }

        var joined = (Start: Math.Min(taken.Start, span.Start), End: Math.Max(taken.End, span.End));
        var covers = cover + span.End - span.Start;
        if (joined.End - joined.Start - covers - open <= near.Slop && covers > next.GetValueOrDefault(joined, -1))
        {
            next[joined] = covers;
            Bounded(next);
        }
    }

    private List<(int Start, int End)> FindWithout(SpanPattern.Without without)
    {
        var excluded = Find(without.Exclude);
        return [.. Find(without.Include).Where(span => !excluded.Exists(other => other.Start < span.End + without.After && other.End > span.Start - without.Before))];
    }

    private static List<(int Start, int End)> FindWithin(List<(int Start, int End)> little, List<(int Start, int End)> big) =>
        [.. little.Where(span => big.Exists(other => other.Start <= span.Start && other.End >= span.End))];

    private static List<(int Start, int End)> FindAround(List<(int Start, int End)> big, List<(int Start, int End)> little) =>
        [.. big.Where(span => little.Exists(other => span.Start <= other.Start && span.End >= other.End))];

    private T Bounded<T>(T spans)
        where T : System.Collections.ICollection => spans.Count <= most ? spans : throw TooMany();

    private SearchRefusedException TooMany() => SearchBounds.TooLarge($"A text has more than {most} stretches of a part of the pattern; ask for words that are rarer.");

    private static ArgumentException Unknown(SpanPattern pattern) => new($"The pattern {pattern.GetType().Name} is not known.", nameof(pattern));
}
