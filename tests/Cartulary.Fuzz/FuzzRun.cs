using System.Diagnostics;
using Cartulary.Fuzz.Inputs;
using Cartulary.Fuzz.Targets;
using Cartulary.Testing;

namespace Cartulary.Fuzz;

/// <summary>
/// Tries inputs one after the other. Keeps the shortest one for each kind of outcome, to spoil it further, and those that do
/// harm.
/// </summary>
internal sealed class FuzzRun(int seed)
{
    private const int InputsOfOneCatalog = 5_000;
    private readonly Dictionary<string, FuzzInput> _shortest = new(StringComparer.Ordinal);
    private readonly Dictionary<FuzzInput, List<string>> _kinds = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _harm = new(StringComparer.Ordinal);
    private List<FuzzInput> _pool = [];
    private readonly Mutator _mutator = new(seed);

    /// <summary>The shortest inputs for all kinds of outcome, without those whose kinds others have too.</summary>
    public IReadOnlyList<FuzzInput> Kept
    {
        get
        {
            var covered = new HashSet<string>(StringComparer.Ordinal);
            return
            [
                .. _kinds.Where(pair => pair.Value.Any(kind => ReferenceEquals(_shortest[kind], pair.Key)))
                    .OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Bytes.Length)
                    .Where(pair => AddAll(pair.Value))
                    .Select(pair => pair.Key),
            ];

            bool AddAll(List<string> kinds)
            {
                var known = covered.Count;
                covered.UnionWith(kinds);
                return covered.Count > known;
            }
        }
    }

    /// <summary>What did harm, with the input.</summary>
    public List<(FuzzInput Input, string What)> Finds { get; } = [];

    /// <summary>How many inputs have been tried.</summary>
    public long Tried { get; private set; }

    /// <summary>How many kinds of outcome have been seen.</summary>
    public int Seen => _shortest.Count;

    /// <summary>Tries the known inputs, then spoilt ones until the time is over or so many have been tried.</summary>
    public async Task GoAsync(IReadOnlyList<FuzzInput> known, TimeSpan time, long inputsMax, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        _pool.AddRange(known);
        var next = 0;
        while (next < known.Count || (Stopwatch.GetElapsedTime(started) < time && Tried < inputsMax))
        {
            await using var catalog = await TestCatalog.CreateAsync(model: EverythingModel.WithBuiltIn());
            await catalog.SaveAsync(Seeds.Stored);
            var doors = new Doors(catalog);
            for (var left = InputsOfOneCatalog; left > 0 && (next < known.Count || (Stopwatch.GetElapsedTime(started) < time && Tried < inputsMax)); left--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var input = next < known.Count ? known[next++] : _mutator.Spoil(_pool);
                await TryAsync(doors, input);
            }

            await doors.VerifyAsync(cancellationToken);
            _pool = [.. known, .. Kept];
        }
    }

    private async Task TryAsync(Doors doors, FuzzInput input)
    {
        Tried++;
        try
        {
            List<string> kinds = [.. (await doors.TryAsync(input)).Select(feature => $"{input.Door} {feature}")];
            foreach (var kind in kinds)
            {
                var isNew = !_shortest.TryGetValue(kind, out var known);
                if (isNew || input.Bytes.Length < known!.Bytes.Length)
                {
                    _shortest[kind] = input;
                    _kinds[input] = kinds;
                }

                if (isNew)
                {
                    _pool.Add(input);
                }
            }
        }
#pragma warning disable CA1031 // Whatever an input throws is what is looked for.
        catch (Exception find)
#pragma warning restore CA1031
        {
            var what = find is FuzzFindException ? find.Message : find.ToString();
            if (_harm.Add(what[..Math.Min(what.Length, 24)]))
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
        private readonly PastDoor _past = new(catalog);
        private readonly PageDoor _pages = new(catalog);

        public Task<IEnumerable<string>> TryAsync(FuzzInput input) => input.Door switch
        {
            FuzzInput.Feed => _feed.TryAsync(input),
            FuzzInput.Past => _past.TryAsync(input),
            FuzzInput.Page => _pages.TryAsync(input),
            FuzzInput.Header => Task.FromResult(HeaderDoor.Try(input)),
            FuzzInput.Filter or FuzzInput.Key or FuzzInput.Setting => Task.FromResult(SmallBodyDoor.Try(input)),
            _ => _saves.TryAsync(input),
        };

        public Task VerifyAsync(CancellationToken cancellationToken) => _saves.VerifyAsync(cancellationToken);
    }
}
