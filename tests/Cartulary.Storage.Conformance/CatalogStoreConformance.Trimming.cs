using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>What trimming the log takes away, and what it leaves.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task An_untrimmed_log_begins_with_the_first_event_and_has_no_base()
    {
        await CreateAsync("a", "b");

        (await Store.TrimAsync(default, 100, Cancel)).ShouldBeFalse();

        (Store.Head.Oldest, Store.Head.Trimmed).ShouldBe((1, default));
        (await BaseAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Trimming_moves_the_oldest_event_past_a_commit_and_leaves_the_present_alone(int rowsMax)
    {
        var assets = await CreateAsync("a", "b", "c");
        await CommitAsync(Plan().Rename(assets[0], "d"));
        await CommitAsync(Plan().Rename(await AssetAsync("d"), "e"));
        var before = await PresentAsync();
        var kept = await LogAsync(after: 4);

        await TrimAsync(2, rowsMax);

        (Store.Head.Oldest, Store.Head.Trimmed.Value, Store.Head.Sequence).ShouldBe((5, 2, 5));
        (await PresentAsync()).ShouldBe(before);
        var log = await LogAsync(after: 4);
        log.Select(commit => (commit.Commit, Convert.ToHexString(commit.Log.Span)))
            .ShouldBe(kept.Select(commit => (commit.Commit, Convert.ToHexString(commit.Log.Span))));
    }

    [Fact]
    public async Task Events_are_gone_for_new_sessions_before_their_leavings_are_removed()
    {
        await CreateAsync("a", "b", "c");
        await CreateAsync("d");

        (await Store.TrimAsync(new CommitNumber(1), 1, Cancel)).ShouldBeTrue();

        await using var session = await Store.ReadAsync(Cancel);
        session.Head.ShouldBe(Store.Head);
        session.Head.Oldest.ShouldBe(4);
    }

    [Fact]
    public async Task A_log_can_be_trimmed_to_its_head()
    {
        await CreateAsync("a", "b");

        await TrimAsync(1);

        (Store.Head.Oldest, Store.Head.Sequence).ShouldBe((3, 2));
        (await LogAsync(after: 2)).ShouldBeEmpty();
        await CreateAsync("c");
        (await LogAsync(after: 2)).ShouldHaveSingleItem().FirstSequence.ShouldBe(3);
    }

    [Fact]
    public async Task Trimming_where_that_has_been_done_does_nothing()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        await TrimAsync(2);

        (await Store.TrimAsync(new CommitNumber(1), 100, Cancel)).ShouldBeFalse();

        Store.Head.Trimmed.Value.ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_to_come_cannot_be_trimmed() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Store.TrimAsync(new CommitNumber(Store.Head.Commit.Value + 1), 100, Cancel));

    [Fact]
    public async Task The_base_is_what_assets_were_at_the_end_of_the_last_trimmed_commit()
    {
        var assets = await CreateAsync("a", "b");
        await CommitAsync(Plan().Rename(assets[0], "a2"));
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        await CommitAsync(Plan().Rename(await AssetAsync("a2"), "a3"));
        await CommitAsync(Plan().SetStatus(await AssetAsync("b"), AssetStatus.Active));
        await CreateAsync("later");

        await TrimAsync(3);

        (await BaseAsync()).Select(asset => (asset.Guid, asset.State, asset.Version, asset.Status)).ShouldBe(
        [
            (assets[0].Guid, PlanBuilder.State("a2"), 2, AssetStatus.Active),
            (assets[1].Guid, PlanBuilder.State("b"), 2, AssetStatus.Deleted),
        ]);
    }

    [Fact]
    public async Task The_base_has_the_edges_recorded_then_with_the_status_of_their_ends()
    {
        var assets = await LinkedAsync("table", "c1", "c2");
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        await TrimmableAsync(assets[0]);
        await CommitAsync(Plan().SetStatus(await AssetAsync("c1"), AssetStatus.Active));
        await CommitAsync(Plan().Bump(await AssetAsync("table")).Close((await EdgeToAsync("table", "c2")).Row));

        await TrimAsync(Store.Head.Commit.Value - 2);

        var edges = await BaseEdgesAsync(assets[0].Id);
        edges.Select(edge => (edge.End2.Guid, edge.End2.Status)).ShouldBe([(assets[1].Guid, AssetStatus.Deleted), (assets[2].Guid, AssetStatus.Active)]);
    }

    [Fact]
    public async Task An_edge_that_had_ended_is_gone_and_its_link_is_not_given_again()
    {
        var assets = await LinkedAsync("table", "c1");
        var ended = await EdgeToAsync("table", "c1");
        await CommitAsync(Plan().Bump(assets[0]).Close(ended.Row));
        await TrimAsync(Store.Head.Commit.Value);

        Store = await ReopenAsync(Clock);
        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column).Open(Columns, table, column));

        (await BaseEdgesAsync(assets[0].Id, assets[1].Id)).ShouldBeEmpty();
        (await EdgeToAsync("table", "c1")).Link.ShouldBeGreaterThan(ended.Link);
    }

    [Fact]
    public async Task States_that_only_trimmed_events_point_at_are_removed()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().Rename(asset, "b"));
        await CommitAsync(Plan().Rename(await AssetAsync("b"), "c"));
        var revisions = (await LogAsync()).SelectMany(commit => Core.Events.CommitLog.Decode(commit)).Select(record => record.Numbers.Revision).ToArray();

        await TrimAsync(2);

        await using var session = await Store.ReadAsync(Cancel);
        (await session.StatesAsync(revisions, Cancel)).Keys.ShouldBe(revisions[1..], ignoreOrder: true);
    }

    [Fact]
    public async Task A_request_whose_commit_was_trimmed_is_not_known_any_more()
    {
        var plan = Plan().Create("a").Build() with { Request = new PlannedRequest(new RequestKey("key", 7, IsStrict: true, NotBefore: 0), [1]) };
        await Store.CommitAsync(plan, Never, Cancel);
        await CreateAsync("b");
        (await FindAsync())?.Hash.ShouldBe((UInt128)7);

        await TrimAsync(1);

        (await FindAsync()).ShouldBeNull();

        async Task<AnsweredRequest?> FindAsync()
        {
            await using var session = await Store.ReadAsync(Cancel);
            return await session.FindRequestAsync("tester", "key", 0, Cancel);
        }
    }

    [Fact]
    public async Task What_was_trimmed_stays_so_when_the_catalog_is_opened_again()
    {
        await CreateAsync("a", "b");
        await CommitAsync(Plan().Rename(await AssetAsync("a"), "c"));
        await TrimAsync(1);
        var (head, expected) = (Store.Head, await BaseAsync());

        Store = await ReopenAsync(Clock);

        Store.Head.ShouldBe(head);
        (await BaseAsync()).Select(asset => (asset.Guid, asset.Version)).ShouldBe(expected.Select(asset => (asset.Guid, asset.Version)));
    }

    [Fact]
    public async Task Commits_are_found_by_the_event_and_the_time_that_follow_them()
    {
        await CreateAsync("a", "b");
        Clock.Advance(TimeSpan.FromSeconds(10));
        await CreateAsync("c");
        await CommitAsync(Plan().BumpSilently(await AssetAsync("c")));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await CreateAsync("d");

        await using var session = await Store.ReadAsync(Cancel);
        var bySequence = new List<long>();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            bySequence.Add((await session.CommitBeforeAsync(sequence, Cancel)).Value);
        }

        bySequence.ShouldBe([0, 0, 1, 3, 4]);
        var start = Start.ToUnixTimeMilliseconds();
        (await session.CommitBeforeTimeAsync(start, Cancel)).Value.ShouldBe(0);
        (await session.CommitBeforeTimeAsync(start + 1, Cancel)).Value.ShouldBe(1);
        (await session.CommitBeforeTimeAsync(start + 10_001, Cancel)).Value.ShouldBe(3);
        (await session.CommitBeforeTimeAsync(long.MaxValue, Cancel)).Value.ShouldBe(4);
    }

    /// <summary>Trims up to and with a commit, to the last step.</summary>
    private async Task TrimAsync(long commit, int rowsMax = 100)
    {
        while (await Store.TrimAsync(new CommitNumber(commit), rowsMax, Cancel))
        {
        }
    }

    private async Task TrimmableAsync(StoredAsset asset) => await CommitAsync(Plan().Bump(asset));

    /// <summary>The assets as they were right after the last trimmed commit.</summary>
    private async Task<ImmutableArray<StoredAsset>> BaseAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        var assets = await session.ScanAsync(default, int.MaxValue, Cancel);
        var then = await session.LoadAsOfAsync([.. assets.Select(asset => asset.Id)], session.Head.Trimmed, Cancel);
        return [.. assets.Where(asset => then.ContainsKey(asset.Id)).Select(asset => then[asset.Id])];
    }

    private async Task<ImmutableArray<StoredEdge>> BaseEdgesAsync(params AssetId[] assets)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.EdgesAsOfAsync(assets, session.Head.Trimmed, Cancel);
    }

    private async Task<string> PresentAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        var assets = await session.ScanAsync(default, int.MaxValue, Cancel);
        return string.Join('\n', assets.Select(asset => $"{asset.Guid} {asset.Version} {asset.Created} {asset.Updated} {Convert.ToHexString(asset.State.Encoded.Span)}"));
    }

    private async Task<StoredEdge> EdgeToAsync(string table, string column)
    {
        var partner = await AssetAsync(column);
        return (await EdgesAsync(new EndKey((await AssetAsync(table)).Id, Columns, EndSide.One, IsSymmetric: false))).Single(edge => edge.End2.Id == partner.Id);
    }
}
