using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Storage.Conformance;

/// <summary>What was: versions, and assets and edges as of any commit.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task Random_saves_can_be_read_as_of_every_commit() => await Saves.SampleAsync(
        async saves =>
        {
            Store = await OpenFreshAsync(Clock);
            var model = new CatalogModel();
            var seen = new List<Remembered>();
            var stale = Plan().Build() with { RegistryVersion = -1 };
            foreach (var steps in saves)
            {
                await Store.CommitAsync(stale, (session, cancel) => model.PlanAsync(session, steps, cancel), Cancel);
                Clock.Advance(TimeSpan.FromMilliseconds(steps.Length % 3));
                seen.Add(await RememberAsync());
            }

            Store = await ReopenAsync(Clock);
            await using var session = await Store.ReadAsync(Cancel);
            foreach (var then in seen)
            {
                await then.CheckAsync(session, Cancel);
            }
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task A_version_of_a_long_history_is_found_at_its_commit()
    {
        const int versions = 70;
        var asset = (await CreateAsync("n1")).Single();
        for (var version = 2; version <= versions; version++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            var plan = Plan().By(PlanBuilder.Saver($"saver {version}"));
            await CommitAsync(version % 3 == 0 ? plan.Bump(asset) : plan.Rename(asset, $"n{version}"));
            asset = await ByNumberAsync(asset.Id);
        }

        await using var session = await Store.ReadAsync(Cancel);
        for (var version = 1; version <= versions; version++)
        {
            var then = (await session.LoadAsOfAsync([asset.Id], new CommitNumber(version), Cancel))[asset.Id];
            then.Version.ShouldBe(version);
            then.State.ShouldBe(PlanBuilder.State($"n{(version % 3 == 0 ? version - 1 : version)}"));
            then.Updated.ShouldBe(new CommitStamp(version == 1 ? "tester" : $"saver {version}", Start.AddSeconds(version - 1).ToUnixTimeMilliseconds()));
            then.Created.ShouldBe(new CommitStamp("tester", Start.ToUnixTimeMilliseconds()));
        }
    }

    [Fact]
    public async Task An_asset_whose_state_never_changed_has_its_first_one_at_every_version()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().Bump(asset));
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Deleted));
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Active));
        await using var session = await Store.ReadAsync(Cancel);

        var states = new List<StoredAsset>();
        for (var commit = 1; commit <= 4; commit++)
        {
            states.Add((await session.LoadAsOfAsync([asset.Id], new CommitNumber(commit), Cancel))[asset.Id]);
        }

        states.ShouldAllBe(then => then.State.Equals(PlanBuilder.State("a")));
        states.Select(then => then.Status).ShouldBe([AssetStatus.Active, AssetStatus.Active, AssetStatus.Deleted, AssetStatus.Active]);
    }

    [Fact]
    public async Task Assets_that_did_not_exist_yet_are_left_out_of_the_past()
    {
        var first = (await CreateAsync("first")).Single();
        var second = (await CreateAsync("second")).Single();
        await using var session = await Store.ReadAsync(Cancel);

        (await session.LoadAsOfAsync([first.Id, second.Id, new AssetId(99)], new CommitNumber(1), Cancel)).Values.ShouldHaveSingleItem().ShouldBe(first);
        (await session.LoadAsOfAsync([first.Id, second.Id], default, Cancel)).ShouldBeEmpty();
        (await session.LoadAsOfAsync([first.Id, second.Id], Store.Head.Commit, Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_version_that_nobody_told_is_read_like_any_other()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().BumpSilently(asset));
        await CommitAsync(Plan().Rename(asset, "b"));
        await using var session = await Store.ReadAsync(Cancel);

        var then = (await session.LoadAsOfAsync([asset.Id], new CommitNumber(2), Cancel))[asset.Id];

        then.Version.ShouldBe(2);
        then.State.ShouldBe(PlanBuilder.State("a"));
    }

    [Fact]
    public async Task Edges_are_read_as_they_were_with_the_status_and_attributes_of_then()
    {
        var assets = await LinkedAsync("table", "column");
        var edge = await EdgeOfAsync(assets[0]);
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        var attributes = PlanBuilder.State("attributes");
        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column)
            .Close(edge.Row).Open(Columns, table, column, attributes.Encoded.ToArray(), edge.Link));
        var second = await EdgeOfAsync(assets[0]);
        await CommitAsync(Plan().Close(second.Row));
        await using var session = await Store.ReadAsync(Cancel);

        (await AsOfAsync(1)).ShouldHaveSingleItem().ShouldBe(edge);
        (await AsOfAsync(2)).ShouldHaveSingleItem().ShouldBe(edge with { End2 = edge.End2 with { Status = AssetStatus.Deleted } });
        (await AsOfAsync(3)).ShouldHaveSingleItem().ShouldBe(second);
        second.Attributes.ShouldBe(attributes);
        (await AsOfAsync(4)).ShouldBeEmpty();
        (await session.EdgesAsOfAsync([assets[1].Id], new CommitNumber(1), Cancel)).ShouldBe([edge]);

        async Task<ImmutableArray<StoredEdge>> AsOfAsync(int commit) =>
            await session.EdgesAsOfAsync([assets[0].Id, assets[1].Id], new CommitNumber(commit), Cancel);
    }

    [Fact]
    public async Task Versions_come_newest_first_down_to_the_creation()
    {
        var asset = (await CreateAsync("a")).Single();
        await CreateAsync("another");
        await CommitAsync(Plan().Bump(asset));
        await CommitAsync(Plan().Bump(asset));
        await using var session = await Store.ReadAsync(Cancel);

        (await VersionsAsync(long.MaxValue, 10)).ShouldBe([(3, 4), (2, 3), (1, 1)]);
        (await VersionsAsync(2, 10)).ShouldBe([(2, 3), (1, 1)]);
        (await VersionsAsync(3, 2)).ShouldBe([(3, 4), (2, 3)]);
        (await VersionsAsync(1, 1)).ShouldBe([(1, 1)]);
        (await VersionsAsync(0, 10)).ShouldBeEmpty();
        (await session.VersionsAsync((await AssetAsync(session, "another")).Id, 5, 10, Cancel)).ShouldBe([new AssetVersion(1, new CommitNumber(2))]);
        (await session.VersionsAsync(new AssetId(99), 5, 10, Cancel)).ShouldBeEmpty();

        async Task<IEnumerable<(long, long)>> VersionsAsync(long atMost, int limit) =>
            (await session.VersionsAsync(asset.Id, atMost, limit, Cancel)).Select(version => (version.Version, version.Commit.Value));
    }

    [Fact]
    public async Task The_last_commit_before_a_time_is_found_even_among_many_of_one_time()
    {
        foreach (var (name, seconds) in new[] { ("a", 0), ("b", 10), ("c", 0), ("d", 0), ("e", 5) })
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            await CreateAsync(name);
        }

        await using var session = await Store.ReadAsync(Cancel);

        (await BeforeAsync(0)).ShouldBe(0);
        (await BeforeAsync(1)).ShouldBe(1);
        (await BeforeAsync(10_000)).ShouldBe(1);
        (await BeforeAsync(10_001)).ShouldBe(4);
        (await BeforeAsync(15_000)).ShouldBe(4);
        (await BeforeAsync(15_001)).ShouldBe(5);
        (await session.CommitBeforeTimeAsync(long.MaxValue, Cancel)).Value.ShouldBe(5);
        (await session.CommitBeforeTimeAsync(long.MinValue, Cancel)).Value.ShouldBe(0);

        async Task<long> BeforeAsync(long milliseconds) =>
            (await session.CommitBeforeTimeAsync(Start.ToUnixTimeMilliseconds() + milliseconds, Cancel)).Value;
    }

    [Fact]
    public async Task The_commit_before_the_one_that_holds_an_event_is_found()
    {
        var assets = await CreateAsync("a", "b");
        await CommitAsync(Plan().BumpSilently(assets[0]));
        await CommitAsync(Plan().Bump(assets[1]));
        await using var session = await Store.ReadAsync(Cancel);

        var before = new List<long>();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            before.Add((await session.CommitBeforeAsync(sequence, Cancel)).Value);
        }

        before.ShouldBe([0, 0, 2, 3, 3]);
    }

    [Fact]
    public async Task Commits_are_read_by_their_numbers()
    {
        await CreateAsync("a", "b");
        var asset = await AssetAsync("a");
        await CommitAsync(Plan().BumpSilently(asset));
        await CommitAsync(Plan().By(PlanBuilder.Saver("ada")).Bump(asset));
        var log = await LogAsync();
        await using var session = await Store.ReadAsync(Cancel);

        var commits = await session.CommitsAsync([new(3), new(1), new(2), new(7)], Cancel);

        commits.Keys.Select(number => number.Value).Order().ShouldBe([1, 2, 3]);
        commits[new(2)].Count.ShouldBe(0);
        commits[new(3)].Context.Actor.ShouldBe("ada");
        foreach (var logged in log)
        {
            commits[logged.Commit].ShouldSatisfyAllConditions(
                found => (found.FirstSequence, found.Count, found.Time, found.Context.SaveId).ShouldBe((logged.FirstSequence, logged.Count, logged.Time, logged.Context.SaveId)),
                found => found.Log.Span.SequenceEqual(logged.Log.Span).ShouldBeTrue());
        }
    }

    [Fact]
    public async Task A_session_sees_the_past_that_it_began_with()
    {
        var asset = (await CreateAsync("a")).Single();
        await using var session = await Store.ReadAsync(Cancel);
        await CommitAsync(Plan().Rename(asset, "b"));
        await CommitAsync(Plan().SetStatus(asset, AssetStatus.Deleted));

        (await session.LoadAsOfAsync([asset.Id], session.Head.Commit, Cancel))[asset.Id].ShouldBe(asset);
        (await session.VersionsAsync(asset.Id, long.MaxValue, 10, Cancel)).Length.ShouldBe(1);
        (await session.CommitBeforeTimeAsync(long.MaxValue, Cancel)).ShouldBe(session.Head.Commit);
    }

    private async Task<StoredAsset> ByNumberAsync(AssetId asset)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return (await session.LoadAsync([asset], Cancel))[asset];
    }

    private async Task<Remembered> RememberAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        var assets = await session.ScanAsync(default, int.MaxValue, Cancel);
        return new Remembered(session.Head.Commit, assets, await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], Cancel));
    }

    /// <summary>All that a catalog showed after a commit.</summary>
    private sealed record Remembered(CommitNumber Commit, ImmutableArray<StoredAsset> Assets, ImmutableArray<StoredEdge> Edges)
    {
        public async Task CheckAsync(IReadSession session, CancellationToken cancel)
        {
            ImmutableArray<AssetId> all = [.. (await session.ScanAsync(default, int.MaxValue, cancel)).Select(asset => asset.Id)];
            (await session.LoadAsOfAsync(all, Commit, cancel)).Values.OrderBy(asset => asset.Id.Value).ShouldBe(Assets);
            (await session.EdgesAsOfAsync(all, Commit, cancel)).ShouldBe(Edges);
            foreach (var asset in Assets)
            {
                (await session.EdgesAsOfAsync([asset.Id], Commit, cancel)).ShouldBe(Edges.Where(edge => edge.End1.Id == asset.Id || edge.End2.Id == asset.Id));
            }

            await CheckBoundedAsync(session, all, cancel);
        }

        /// <summary>By relationship attribute the same edges are found; of more than a limit so many of them.</summary>
        private async Task CheckBoundedAsync(IReadSession session, ImmutableArray<AssetId> all, CancellationToken cancel)
        {
            foreach (var type in Edges.Select(edge => edge.RelationshipId).Distinct())
            {
                foreach (var side in Enum.GetValues<EndSide>())
                {
                    var expected = Edges.Where(edge => edge.RelationshipId == type).ToList();
                    List<EndKey> ends = [.. all.Select(asset => new EndKey(asset, type, side, IsSymmetric: false))];
                    (await session.BoundedEdgesAsync(ends, Commit, int.MaxValue, cancel)).ShouldBe(expected);
                    (await session.BoundedEdgesAsync([.. ends, .. all.Select(asset => new EndKey(asset, type, side, IsSymmetric: true))], Commit, expected.Count, cancel)).ShouldBe(expected);
                    var some = await session.BoundedEdgesAsync(ends, Commit, expected.Count - 1, cancel);
                    some.Length.ShouldBe(expected.Count - 1);
                    some.ShouldBeSubsetOf(expected);
                }
            }
        }
    }
}
