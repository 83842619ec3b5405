using System.Diagnostics;
using Cartulary.Fuzz.Inputs;
using Cartulary.Fuzz.Targets;
using Cartulary.Testing;

namespace Cartulary.Fuzz;

/// <summary>Tries inputs one after the other, and keeps those that do something new and those that do harm.</summary>
internal sealed class FuzzRun(int seed)
{
    private const int InputsOfOneCatalog = 5_000;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Mutator _mutator = new(seed);

    /// <summary>Inputs that did something new, in the order in which they came.</summary>
    public List<FuzzInput> Kept { get; } = [];

    /// <summary>What did harm, with the input.</summary>
    public List<(FuzzInput Input, string What)> Finds { get; } = [];

    /// <summary>How many inputs have been tried.</summary>
    public long Tried { get; private set; }

    /// <summary>How many kinds of outcome have been seen.</summary>
    public int Seen => _seen.Count;

    /// <summary>Tries the known inputs, then spoilt ones until the time is over or so many have been tried.</summary>
    public async Task GoAsync(IReadOnlyList<FuzzInput> known, TimeSpan time, long inputsMax, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        Kept.AddRange(known);
        var next = 0;
        while (next < known.Count || (Stopwatch.GetElapsedTime(started) < time && Tried < inputsMax))
        {
            await using var catalog = await TestCatalog.CreateAsync(model: EverythingModel.WithBuiltIn());
            await catalog.SaveAsync(Seeds.Stored);
            var doors = new Doors(catalog);
            for (var left = InputsOfOneCatalog; left > 0 && (next < known.Count || (Stopwatch.GetElapsedTime(started) < time && Tried < inputsMax)); left--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var input = next < known.Count ? known[next++] : _mutator.Spoil(Kept);
                await TryAsync(doors, input);
            }

            await doors.VerifyAsync(cancellationToken);
        }
    }

    private async Task TryAsync(Doors doors, FuzzInput input)
    {
        Tried++;
        try
        {
            var isNew = false;
            foreach (var feature in await doors.TryAsync(input))
            {
                isNew |= _seen.Add($"{input.Door} {feature}");
            }

            if (isNew && Tried > Kept.Count)
            {
                Kept.Add(input);
            }
        }
#pragma warning disable CA1031 // Whatever an input throws is what is looked for.
        catch (Exception find)
#pragma warning restore CA1031
        {
            var what = find is FuzzFindException ? find.Message : find.ToString();
            if (_seen.Add($"find {what[..Math.Min(what.Length, 60)]}"))
            {
                Finds.Add((input, what));
            }
        }
    }

    /// <summary>The doors of one catalog.</summary>
    private sealed class Doors(TestCatalog catalog)
    {
        private readonly SaveDoor _saves = new(catalog);
        private readonly FeedDoor _feed = new(catalog);

        public Task<IEnumerable<string>> TryAsync(FuzzInput input) => input.IsSave ? _saves.TryAsync(input) : _feed.TryAsync(input);

        public Task VerifyAsync(CancellationToken cancellationToken) => _saves.VerifyAsync(cancellationToken);
    }
}
