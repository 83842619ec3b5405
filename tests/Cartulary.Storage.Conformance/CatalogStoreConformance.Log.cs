using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>The log, the records' numbers, and the lists that the commit writes into them.</summary>
public abstract partial class CatalogStoreConformance
{
    private static readonly EndListRequest ColumnsOfTable = new(Columns, EndSide.One, IsSymmetric: false, Limit: 3);

    [Theory]
    [InlineData(-1, 100, new long[] { 1, 3, 4 })]
    [InlineData(0, 100, new long[] { 1, 3, 4 })]
    [InlineData(1, 100, new long[] { 1, 3, 4 })]
    [InlineData(2, 100, new long[] { 3, 4 })]
    [InlineData(3, 100, new long[] { 4 })]
    [InlineData(5, 100, new long[] { 4 })]
    [InlineData(6, 100, new long[0])]
    [InlineData(7, 100, new long[0])]
    [InlineData(0, 0, new long[0])]
    [InlineData(0, 1, new long[] { 1 })]
    [InlineData(0, 2, new long[] { 1 })]
    [InlineData(0, 3, new long[] { 1, 3 })]
    [InlineData(0, 4, new long[] { 1, 3, 4 })]
    [InlineData(1, 1, new long[] { 1 })]
    [InlineData(1, 2, new long[] { 1, 3 })]
    [InlineData(3, 1, new long[] { 4 })]
    public async Task The_log_can_be_read_from_any_position(long after, int limit, long[] commits)
    {
        var assets = await CreateAsync("a", "b");
        await CommitAsync(Plan().BumpSilently(assets[0]));
        await CreateAsync("c");
        await CreateAsync("d", "e", "f");
        await CommitAsync(Plan().BumpSilently(assets[0]));

        (await LogAsync(after, limit)).Select(commit => commit.Commit.Value).ShouldBe(commits);
    }

    [Fact]
    public async Task A_logged_commit_tells_who_saved_and_by_which_request()
    {
        var headers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("X-Atlan-Request-Id", "r\"1").Add("x-atlan-Agent", "SDK \u00e9");
        var context = PlanBuilder.Saver("ada") with { Channel = "api", DeleteHandler = "SOFT", Headers = headers };

        var receipt = (await CommitAsync(Plan().By(context).Create("a").Create("b"))).Receipt;

        var logged = (await LogAsync()).ShouldHaveSingleItem();
        logged.ShouldBe(new LoggedCommit(receipt.Commit, 1, 2, receipt.Time, logged.Context, logged.Log));
        logged.Context.ShouldBe(context with { Headers = logged.Context.Headers });
        logged.Context.Headers.ShouldBe(headers);
    }

    [Fact]
    public async Task A_record_names_the_version_and_the_state_after_the_save()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().Rename(asset, "b"));
        await CommitAsync(Plan().Bump(await AssetAsync("b")));

        var records = (await LogAsync()).SelectMany(commit => CommitLog.Decode(commit)).ToList();

        records.Select(record => record.Asset.Guid).ShouldAllBe(guid => guid == asset.Guid);
        records.Select(record => record.Numbers.Asset).ShouldAllBe(id => id == asset.Id);
        records.Select(record => record.Numbers.Version).ShouldBe([1, 2, 3]);
        await using var session = await Store.ReadAsync(Cancel);
        var states = await session.StatesAsync([.. records.Select(record => record.Numbers.Revision)], Cancel);
        records.Select(record => states[record.Numbers.Revision])
            .ShouldBe([PlanBuilder.State("a"), PlanBuilder.State("b"), PlanBuilder.State("b")]);
    }

    [Fact]
    public async Task A_save_that_raises_a_version_without_an_event_shows_in_the_next_record()
    {
        var asset = (await CreateAsync("a")).Single();
        await CommitAsync(Plan().BumpSilently(asset));
        await CommitAsync(Plan().Bump(asset));

        CommitLog.Decode((await LogAsync(after: 1)).ShouldHaveSingleItem()).ShouldHaveSingleItem().Numbers.Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_list_holds_the_partners_as_they_are_after_the_save()
    {
        var assets = await LinkedAsync("table", "old", "gone", "named");
        var gone = (await EdgesAsync(new EndKey(assets[2].Id, Columns, EndSide.Two, IsSymmetric: false))).Single();

        await CommitAsync(Plan()
            .Bump(assets[0], [ColumnsOfTable])
            .Rename(assets[3], "renamed")
            .Create("new", out var created)
            .Close(gone.Row)
            .Open(Columns, 0, created));

        (await ListAsync()).Members.Select(member => member.QualifiedName).ShouldBe(["old", "renamed", "new"]);
    }

    [Fact]
    public async Task A_list_shows_nothing_of_a_plan_that_failed()
    {
        var assets = await LinkedAsync("table", "column");
        var failing = Plan().Bump(assets[0], [ColumnsOfTable]).Rename(assets[1], "failed")
            .Mention(assets[1], out var unchanged).Tell(unchanged, EventKind.EntityUpdate);
        await Should.ThrowAsync<InvalidOperationException>(() => CommitAsync(failing));

        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Rename(assets[1], "renamed"));
        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]));

        (await ListAsync()).Members.ShouldHaveSingleItem().QualifiedName.ShouldBe("renamed");
    }

    [Fact]
    public async Task A_list_that_is_longer_than_its_limit_is_left_out()
    {
        var assets = await LinkedAsync("table", "c1", "c2", "c3");
        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]));
        (await ListAsync()).Members.Length.ShouldBe(3);

        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Create("c4", out var created).Open(Columns, 0, created));

        (await LastRecordsAsync())[0].Lists.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_was_too_long_is_written_again_as_soon_as_it_fits()
    {
        var assets = await LinkedAsync("table", "c1", "c2", "c3", "c4", "c5");
        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]));
        (await LastRecordsAsync())[0].Lists.ShouldBeEmpty();

        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[1], AssetStatus.Deleted));
        (await LastRecordsAsync())[0].Lists.ShouldBeEmpty();
        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[2], AssetStatus.Deleted));
        (await ListAsync()).Members.Length.ShouldBe(3);

        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[1], AssetStatus.Active));
        (await LastRecordsAsync())[0].Lists.ShouldBeEmpty();
        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Close((await EdgeOfAsync(assets[0])).Row));
        (await ListAsync()).Members.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_list_leaves_out_partners_that_are_archived()
    {
        var assets = await LinkedAsync("table", "c1", "c2");

        await CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[1], AssetStatus.Deleted));

        (await ListAsync()).Members.ShouldHaveSingleItem().ShouldBe(new LoggedAsset(assets[2].Guid, PlanBuilder.Table, "c2"));
    }

    [Fact]
    public async Task An_empty_list_is_written_as_one()
    {
        var asset = (await CreateAsync("table")).Single();

        await CommitAsync(Plan().Bump(asset, [ColumnsOfTable]));

        (await ListAsync()).ShouldSatisfyAllConditions(
            list => list.RelationshipId.ShouldBe(Columns),
            list => list.Side.ShouldBe(EndSide.One),
            list => list.Members.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_list_of_a_created_asset_is_read_from_its_own_side()
    {
        var table = (await CreateAsync("table")).Single();

        await CommitAsync(Plan()
            .Create("column", out var column, lists: [new(Columns, EndSide.Two, IsSymmetric: false, Limit: 1)])
            .Mention(table, out var end)
            .Open(Columns, end, column));

        (await ListAsync()).Members.ShouldHaveSingleItem().Guid.ShouldBe(table.Guid);
    }

    [Fact]
    public async Task A_list_of_a_symmetric_relationship_holds_partners_from_both_ends_once_each()
    {
        var assets = await CreateAsync("a", "b", "c");
        await CommitAsync(Plan().Mention(assets[0], out var a).Mention(assets[1], out var b).Mention(assets[2], out var c)
            .Open(9, a, b).Open(9, b, c).Open(9, b, b));

        await CommitAsync(Plan().Bump(assets[1], [new(9, EndSide.One, IsSymmetric: true, Limit: 3)]));

        (await ListAsync()).Members.Select(member => member.QualifiedName).ShouldBe(["a", "c", "b"]);
    }

    [Fact]
    public async Task A_partner_that_a_plan_made_again_restores_is_in_the_lists()
    {
        var assets = await LinkedAsync("table", "back", "column");
        var restoring = Plan().Reads(ConflictMarks.Life(assets[1].Guid)).Bump(assets[1]).Build();
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        var (busy, gate) = await OccupyAsync(Cancel);

        var first = CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]));
        var second = Store.CommitAsync(restoring, Again(head => head.Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[1], AssetStatus.Active)), Cancel).AsTask();
        gate.SetResult();
        await Task.WhenAll(busy, first, second);

        var log = await LogAsync();
        NamesIn(log[^2]).ShouldBe(["column"]);
        NamesIn(log[^1]).ShouldBe(["back", "column"]);
    }

    [Fact]
    public async Task A_list_that_a_plan_made_again_shortens_is_left_out_while_it_is_too_long()
    {
        var assets = await LinkedAsync("table", "c1", "c2", "c3", "c4", "c5", "c6");
        var archiving = Plan().Reads(ConflictMarks.State(assets[1].Guid)).Bump(assets[1]).Build();
        var (busy, gate) = await OccupyAsync(Cancel);

        var first = CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Rename(assets[1], "renamed"));
        var second = Store.CommitAsync(archiving, Again(head => head.Bump(assets[0], [ColumnsOfTable]).SetStatus(assets[1], AssetStatus.Deleted)), Cancel).AsTask();
        gate.SetResult();
        await Task.WhenAll(busy, first, second);

        (await LastRecordsAsync())[0].Lists.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_was_too_long_only_in_what_was_undone_is_written()
    {
        var assets = await LinkedAsync("table", "c1");
        var taken = (await CreateAsync("taken")).Single();
        var (busy, gate) = await OccupyAsync(Cancel);

        var first = CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Create("c2", out var c2).Open(Columns, 0, c2));
        var second = CommitAsync(Plan().Bump(assets[0], [ColumnsOfTable]).Create("c3", out var c3).Create("c4", out var c4).Open(Columns, 0, c3).Open(Columns, 0, c4));
        var failing = CommitAsync(Plan().Create("twin", out _, taken.Guid));
        gate.SetResult();
        await Should.ThrowAsync<Exception>(() => failing);
        await Task.WhenAll(busy, first, second);

        var log = await LogAsync();
        NamesIn(log[^2]).ShouldBe(["c1", "c2"]);
        CommitLog.Decode(log[^1])[0].Lists.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_log_is_the_same_when_the_catalog_is_opened_again()
    {
        await LinkedAsync("table", "column");
        var before = await LogAsync();

        Store = await ReopenAsync(Clock);

        var after = await LogAsync();
        after.Select(commit => commit.Commit).ShouldBe(before.Select(commit => commit.Commit));
        after.Select(commit => Convert.ToHexString(commit.Log.Span)).ShouldBe(before.Select(commit => Convert.ToHexString(commit.Log.Span)));
    }

    private static Planner Again(Func<PlanBuilder, PlanBuilder> plan) =>
        (session, _) => new(new PlanOutcome.Planned(plan(new PlanBuilder(session.Head)).Build()));

    /// <summary>The members of the list in a commit's first event.</summary>
    private static IEnumerable<string> NamesIn(LoggedCommit commit) =>
        CommitLog.Decode(commit)[0].Lists.ShouldHaveSingleItem().Members.Select(member => member.QualifiedName);

    private async Task<ImmutableArray<LogRecord>> LastRecordsAsync() => CommitLog.Decode((await LogAsync())[^1]);

    /// <summary>The list in the first event of the last commit.</summary>
    private async Task<EndList> ListAsync() => (await LastRecordsAsync())[0].Lists.ShouldHaveSingleItem();
}
