using System.Collections.Immutable;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>A catalog after a random life, with all that its reads answered after each commit.</summary>
internal sealed class PastCatalog : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock;
    private readonly List<PastCommit> _commits = [];
    private readonly Dictionary<(Guid Guid, long Version), string> _versions = [];
    private readonly Dictionary<(Guid Guid, long Version), PastState> _states = [];

    private PastCatalog(TestCatalog catalog, FakeTimeProvider clock)
    {
        Catalog = catalog;
        _clock = clock;
    }

    public TestCatalog Catalog { get; }

    /// <summary>Every commit that wrote assets or edges.</summary>
    public IReadOnlyList<PastCommit> Commits => _commits;

    /// <summary>What was read of each version when it had just been given.</summary>
    public IReadOnlyDictionary<(Guid Guid, long Version), string> Versions => _versions;

    public ImmutableArray<ToldEvent> Events { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Saves and archives at random; some commits share a millisecond.</summary>
    public static async Task<PastCatalog> LiveAsync(Dice dice, int saves)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var past = new PastCatalog(await TestCatalog.CreateAsync(clock), clock);
        var founded = (SaveOutcome.Committed)await past.Catalog.SaveAsync(RandomSaves.Foundation);
        var terms = founded.Summary.GuidAssignments.Select(assignment => assignment.Value).ToList();
        await past.RememberAsync();
        var random = new RandomSaves(dice, "me");
        for (var count = 0; count < saves; count++)
        {
            past._clock.Advance(TimeSpan.FromMilliseconds(dice.Below(3)));
            _ = dice.OneIn(5)
                ? await past.Catalog.TryAsync(random.ToEnd(terms))
                : await past.Catalog.TrySaveAsync(random.Next(terms), $"saver {count % 3}");
            await past.RememberAsync();
        }

        past.Events = [.. (await past.Catalog.EventsAsync(0)).Select(message => new ToldEvent(message))];
        return past;
    }

    /// <summary>The last commit whose time is not later.</summary>
    public PastCommit At(long time) => _commits.Last(commit => commit.Time <= time);

    /// <summary>An asset as it is read now for then.</summary>
    public async Task<string> ReadAsync(Guid guid, Moment moment)
    {
        var (view, problem) = await Catalog.Reader.GetAsync(new AssetSelector.ByGuid(guid), moment, "moment", withEdges: true, Cancel);
        problem.ShouldBeNull();
        return ViewText.Of(view!);
    }

    /// <summary>What a version consists of, as it is read now.</summary>
    public async Task<PastState> StateAsync(Guid guid, long version)
    {
        if (!_states.TryGetValue((guid, version), out var state))
        {
            var (view, problem) = await Catalog.Reader.GetAsync(
                new AssetSelector.ByGuid(guid), new Moment.AtVersion(version), "version", withEdges: true, Cancel);
            problem.ShouldBeNull();
            _states.Add((guid, version), state = PastState.From(view!));
        }

        return state;
    }

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();

    private async Task RememberAsync()
    {
        var head = Catalog.Store.Head;
        if (_commits.Count > 0 && _commits[^1].Number == head.Commit.Value)
        {
            return;
        }

        await using var session = await Catalog.Store.ReadAsync(Cancel);
        var guids = (await session.ScanAsync(default, int.MaxValue, Cancel)).Select(asset => asset.Guid).ToList();
        var (views, _) = await Catalog.Reader.GetManyAsync(guids, withEdges: true, Cancel);
        var hasEvents = _commits.Count == 0 || _commits[^1].Sequence < head.Sequence;
        _commits.Add(new PastCommit(head.Commit.Value, head.Time, head.Sequence, hasEvents, views.ToDictionary(view => view.Asset.Guid, ViewText.Of)));
        foreach (var view in views)
        {
            _versions.TryAdd((view.Asset.Guid, view.Asset.Version), ViewText.Of(view));
        }
    }
}

/// <summary>One commit, with what every asset was read as after it.</summary>
internal sealed record PastCommit(long Number, long Time, long Sequence, bool HasEvents, IReadOnlyDictionary<Guid, string> Views);
