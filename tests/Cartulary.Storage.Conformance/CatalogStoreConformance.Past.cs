using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Conformance;

/// <summary>The past.</summary>
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
