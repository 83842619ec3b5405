using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>The past, and requests that were answered before.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task The_past_is_what_was_read_when_it_was_the_present()
    {
        var seen = new List<(CommitNumber Commit, ImmutableArray<StoredAsset> Assets, ImmutableArray<StoredEdge> Edges)>();
        foreach (var step in Steps())
        {
            await step();
            Clock.Advance(TimeSpan.FromMilliseconds(5));
            await using var present = await Store.ReadAsync(Cancel);
            var assets = await present.ScanAsync(default, int.MaxValue, Cancel);
            seen.Add((present.Head.Commit, assets, await present.EdgesOfAsync([.. assets.Select(asset => asset.Id)], Cancel)));
        }

        await using var session = await Store.ReadAsync(Cancel);
        AssetId[] all = [.. seen[^1].Assets.Select(asset => asset.Id)];
        foreach (var (commit, assets, edges) in seen)
        {
            (await session.LoadAsOfAsync(all, commit, Cancel)).Values.OrderBy(asset => asset.Id.Value).ShouldBe(assets);
            (await session.EdgesAsOfAsync(all, commit, Cancel)).ShouldBe(edges);
        }

        (await session.LoadAsOfAsync(all, default, Cancel)).ShouldBeEmpty();
        (await session.EdgesAsOfAsync(all, default, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Versions_are_told_with_their_commits_newest_first()
    {
        await CreateAsync("other");
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().Rename(asset, "b"));
        await CreateAsync("another");
        await CommitAsync(Plan().BumpSilently(asset));
        await using var session = await Store.ReadAsync(Cancel);

        (await VersionsAsync(atMost: 100, limit: 100)).ShouldBe([(3, 5), (2, 3), (1, 2)]);
        (await VersionsAsync(atMost: 2, limit: 100)).ShouldBe([(2, 3), (1, 2)]);
        (await VersionsAsync(atMost: 100, limit: 2)).ShouldBe([(3, 5), (2, 3)]);
        (await VersionsAsync(atMost: 1, limit: 1)).ShouldBe([(1, 2)]);
        (await VersionsAsync(atMost: 0, limit: 1)).ShouldBeEmpty();
        (await session.VersionsAsync(new AssetId(1_000_000), 100, 100, Cancel)).ShouldBeEmpty();

        async Task<IEnumerable<(long Version, long Commit)>> VersionsAsync(long atMost, int limit) =>
            (await session.VersionsAsync(asset.Id, atMost, limit, Cancel)).Select(version => (version.Version, version.Commit.Value));
    }

    [Fact]
    public async Task The_commit_before_an_event_or_a_time_is_found()
    {
        var asset = (await CreateAsync("a", "b"))[0];
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CommitAsync(Plan().BumpSilently(asset));
        await CreateAsync("c");
        await using var session = await Store.ReadAsync(Cancel);
        var start = Start.ToUnixTimeMilliseconds();

        (await session.CommitBeforeAsync(1, Cancel)).Value.ShouldBe(0);
        (await session.CommitBeforeAsync(2, Cancel)).Value.ShouldBe(0);
        (await session.CommitBeforeAsync(3, Cancel)).Value.ShouldBe(2);
        (await session.CommitBeforeAsync(4, Cancel)).Value.ShouldBe(3);
        (await session.CommitBeforeTimeAsync(start, Cancel)).Value.ShouldBe(0);
        (await session.CommitBeforeTimeAsync(start + 1, Cancel)).Value.ShouldBe(1);
        (await session.CommitBeforeTimeAsync(start + 1_000, Cancel)).Value.ShouldBe(1);
        (await session.CommitBeforeTimeAsync(start + 1_001, Cancel)).Value.ShouldBe(3);
    }

    [Fact]
    public async Task Commits_are_found_by_their_numbers()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().BumpSilently(asset));
        await using var session = await Store.ReadAsync(Cancel);

        var found = await session.CommitsAsync([new(1), new(2), new(3)], Cancel);

        found.Keys.Select(commit => commit.Value).Order().ShouldBe([1, 2]);
        found[new(1)].Count.ShouldBe(1);
        found[new(2)].Log.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_with_a_key_is_found_again_until_it_is_too_old()
    {
        var key = new RequestKey("k", new UInt128(1, 2), IsStrict: true, NotBefore: 0);
        var plan = Plan().By(PlanBuilder.Saver("ada")).Create("a").Build() with { Request = new PlannedRequest(key, [1, 2, 3]) };
        var receipt = (await Store.CommitAsync(plan, Never, Cancel)).ShouldBeOfType<CommitOutcome.Committed>().Receipt;
        await using var session = await Store.ReadAsync(Cancel);

        var found = (await session.FindRequestAsync("ada", "k", receipt.Time, Cancel)).ShouldNotBeNull();

        found.Hash.ShouldBe(key.Hash);
        found.Answer.ToArray().ShouldBe([1, 2, 3]);
        found.Commit.Commit.ShouldBe(receipt.Commit);
        (await session.FindRequestAsync("bob", "k", 0, Cancel)).ShouldBeNull();
        (await session.FindRequestAsync("ada", "K", 0, Cancel)).ShouldBeNull();
        (await session.FindRequestAsync("ada", "k", receipt.Time + 1, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_used_again_stands_for_its_last_request()
    {
        for (var i = 1; i <= 2; i++)
        {
            var key = new RequestKey("k", (UInt128)i, IsStrict: false, NotBefore: 0);
            await Store.CommitAsync(Plan().By(PlanBuilder.Saver("ada")).Create($"a{i}").Build() with { Request = new PlannedRequest(key, []) }, Never, Cancel);
        }

        await using var session = await Store.ReadAsync(Cancel);
        (await session.FindRequestAsync("ada", "k", 0, Cancel)).ShouldNotBeNull().Hash.ShouldBe((UInt128)2);
    }

    [Fact]
    public async Task Only_so_many_edges_are_read_where_some_are_enough()
    {
        var assets = await LinkedAsync("table", "c1", "c2", "c3");
        var end = new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false);
        await using var session = await Store.ReadAsync(Cancel);

        (await session.SomeEdgesAtAsync([end], 2, Cancel))[end].Length.ShouldBe(2);
        (await session.SomeEdgesAtAsync([end], 4, Cancel))[end].Length.ShouldBe(3);
    }

    /// <summary>Saves of every kind, one after another.</summary>
    private IEnumerable<Func<Task>> Steps()
    {
        yield return () => LinkedAsync("table", "c1", "c2");
        yield return async () => await CommitAsync(Plan().Rename(await AssetAsync("c1"), "c1b"));
        yield return async () => await CommitAsync(Plan().BumpSilently(await AssetAsync("table")));
        yield return async () => await CommitAsync(Plan().SetStatus(await AssetAsync("c2"), AssetStatus.Deleted));
        yield return async () => await CommitAsync(Plan().Bump(await AssetAsync("table")).Create("c3", out var c3).Open(Columns, 0, c3));
        yield return async () => await CommitAsync(Plan().Close((await EdgeOfAsync(await AssetAsync("table"))).Row).Bump(await AssetAsync("c1b")));
        yield return async () => await CommitAsync(Plan().SetStatus(await AssetAsync("c2"), AssetStatus.Active));
        yield return async () => await CommitAsync(Plan().Bump(await AssetAsync("c2")).Rename(await AssetAsync("table"), "table2"));
        yield return async () => await CommitAsync(Plan().Mention(await AssetAsync("table2"), out var t).Mention(await AssetAsync("c1b"), out var c).Open(Columns, t, c));
        yield return async () => await CommitAsync(Plan().Rename(await AssetAsync("c3"), "c3b"));
    }
}
