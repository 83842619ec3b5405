namespace Cartulary.Testing;

/// <summary>
/// Decisions drawn from a list of random numbers, in order; when it is used up, every further decision is the first choice.
/// A shorter list with smaller numbers so makes a simpler case, which is how failing cases are made small.
/// </summary>
public sealed class Dice(IReadOnlyList<uint> rolls)
{
    private int _next;

    /// <summary>A number from 0 up to, but not including, a limit.</summary>
    public int Below(int limit) => _next < rolls.Count ? (int)(rolls[_next++] % (uint)limit) : 0;

    /// <summary>A number between two bounds, both included.</summary>
    public int Between(int lowest, int highest) => lowest + Below(highest - lowest + 1);

    /// <summary>True in one of so many cases.</summary>
    public bool OneIn(int cases) => Below(cases) == cases - 1;

    /// <summary>True in half of all cases.</summary>
    public bool Flip() => OneIn(2);

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Some of several, in their order.</summary>
    public List<T> Some<T>(IEnumerable<T> choices, int oneIn = 2) => [.. choices.Where(_ => OneIn(oneIn))];

    /// <summary>The same members in another order.</summary>
    public List<T> Shuffle<T>(IEnumerable<T> members)
    {
        var shuffled = members.ToList();
        for (var place = shuffled.Count - 1; place > 0; place--)
        {
            var other = place - Below(place + 1);
            (shuffled[place], shuffled[other]) = (shuffled[other], shuffled[place]);
        }

        return shuffled;
    }

    /// <summary>A whole number of any size that 64 bits hold, small ones more often.</summary>
    public long Number()
    {
        var bits = Below(64);
        var value = ((ulong)(uint)Below(int.MaxValue) << 33) ^ ((ulong)(uint)Below(int.MaxValue) << 16) ^ (uint)Below(int.MaxValue);
        var kept = (long)(bits == 0 ? 0 : value >> (64 - bits));
        return Flip() ? -kept : kept;
    }
}
