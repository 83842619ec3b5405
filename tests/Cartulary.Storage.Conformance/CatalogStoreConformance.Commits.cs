using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Numbers, times, and all or nothing.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public void A_fresh_catalog_has_a_log_id_and_no_commit() =>
        Store.Head.ShouldSatisfyAllConditions(
            head => head.LogId.ShouldNotBe(Guid.Empty),
            head => head.ShouldBe(new CatalogHead(head.LogId, default, Sequence: 0, Oldest: 1, RegistryVersion: 0, Time: 0)));

    [Fact]
    public async Task Commits_and_sequences_are_numbered_from_one_without_gaps()
    {
        var first = await CommitAsync(Plan().Create("a").Create("b"));
        var second = await CommitAsync(Plan().Create("c"));

        first.Receipt.ShouldSatisfyAllConditions(
            receipt => receipt.Commit.ShouldBe(new CommitNumber(1)),
            receipt => receipt.FirstSequence.ShouldBe(1),
            receipt => receipt.Versions.ShouldBe([1, 1]));
        second.Receipt.ShouldSatisfyAllConditions(
            receipt => receipt.Commit.ShouldBe(new CommitNumber(2)),
            receipt => receipt.FirstSequence.ShouldBe(3));
        Store.Head.ShouldBe(Store.Head with { Commit = new CommitNumber(2), Sequence = 3, Oldest = 1 });
    }

    [Fact]
    public async Task Many_savers_at_once_leave_no_gap()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(number => CommitAsync(Plan().Create($"a{number}").Create($"b{number}"))));

        outcomes.Select(outcome => outcome.Receipt.Commit.Value).Order().ShouldBe(Enumerable.Range(1, 200).Select(number => (long)number));
        outcomes.OrderBy(outcome => outcome.Receipt.Commit.Value).Select(outcome => outcome.Receipt.FirstSequence)
            .ShouldBe(Enumerable.Range(0, 200).Select(number => (number * 2L) + 1));
        (await LogAsync()).Sum(commit => commit.Count).ShouldBe(400);
    }

    [Fact]
    public async Task A_created_asset_is_read_back_as_it_was_planned()
    {
        var guid = Guid.CreateVersion7();
        await CommitAsync(Plan().By(PlanBuilder.Saver("ada")).Create("a", out _, guid, typeId: 77));

        var asset = await AssetAsync("a");

        var stamp = new CommitStamp("ada", Start.ToUnixTimeMilliseconds());
        asset.ShouldBe(new StoredAsset(asset.Id, guid, 77, AssetStatus.Active, 1, stamp, stamp, PlanBuilder.State("a")));
    }

    [Fact]
    public async Task A_changed_asset_keeps_who_created_it_and_shows_who_changed_it()
    {
        await CommitAsync(Plan().By(PlanBuilder.Saver("ada")).Create("a"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        var receipt = (await CommitAsync(Plan().By(PlanBuilder.Saver("bob")).Rename(await AssetAsync("a"), "b"))).Receipt;

        var asset = await AssetAsync("b");

        receipt.Versions.ShouldBe([2]);
        asset.ShouldSatisfyAllConditions(
            it => it.Version.ShouldBe(2),
            it => it.State.ShouldBe(PlanBuilder.State("b")),
            it => it.Created.ShouldBe(new CommitStamp("ada", Start.ToUnixTimeMilliseconds())),
            it => it.Updated.ShouldBe(new CommitStamp("bob", Start.ToUnixTimeMilliseconds() + 1000)));
    }

    [Fact]
    public async Task The_commit_writes_its_time_where_the_plan_asks_for_it()
    {
        var plan = Plan().Create("a", out var subject, withDate: true);
        var receipt = (await CommitAsync(plan.Tell(subject, EventKind.EntityUpdate, withDate: true))).Receipt;

        var date = CanonicalValue.FromDate(receipt.Time);
        (await AssetAsync("a")).State.Find(PlanBuilder.StampedDate).ShouldBe(date);
        var record = CommitLog.Decode((await LogAsync()).ShouldHaveSingleItem())[1];
        record.Body.Attributes.ShouldHaveSingleItem().ShouldBe(new AttributeChange(PlanBuilder.StampedDate, null, date));
    }

    [Fact]
    public async Task Time_never_goes_back()
    {
        var first = await CommitAsync(Plan().Create("a"));
        Clock.AdjustTime(Start.AddHours(-1));
        var second = await CommitAsync(Plan().Create("b"));
        Clock.AdjustTime(Start.AddHours(1));
        var third = await CommitAsync(Plan().Create("c"));

        second.Receipt.Time.ShouldBe(first.Receipt.Time);
        third.Receipt.Time.ShouldBe(Start.AddHours(1).ToUnixTimeMilliseconds());
        Store.Head.Time.ShouldBe(third.Receipt.Time);
    }

    [Fact]
    public async Task Time_does_not_go_back_when_the_catalog_is_opened_again()
    {
        var first = await CommitAsync(Plan().Create("a"));
        Clock.AdjustTime(Start.AddHours(-1));
        Store = await ReopenAsync(Clock);

        (await CommitAsync(Plan().Create("b"))).Receipt.Time.ShouldBe(first.Receipt.Time);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_written_leaves_no_trace()
    {
        var existing = (await CreateAsync("a")).Single();
        var head = Store.Head;

        await Should.ThrowAsync<Exception>(() => CommitAsync(Plan()
            .Create("new", out _)
            .Bump(existing)
            .Create("twin", out _, existing.Guid)));

        Store.Head.ShouldBe(head);
        (await CountAsync("new")).ShouldBe(0);
        (await AssetAsync("a")).ShouldBe(existing);
        (await CommitAsync(Plan().Create("next"))).Receipt.ShouldSatisfyAllConditions(
            receipt => receipt.Commit.ShouldBe(new CommitNumber(2)),
            receipt => receipt.FirstSequence.ShouldBe(2));
    }

    [Fact]
    public async Task A_plan_that_cannot_be_written_does_not_hurt_those_that_commit_with_it()
    {
        var (busy, gate) = await OccupyAsync(Cancel);
        var taken = (await AssetAsync("occupied1")).Guid;
        var good = Enumerable.Range(0, 20).Select(number => CommitAsync(Plan().Create($"good{number}"))).ToList();
        var bad = CommitAsync(Plan().Create("bad", out _, taken));
        good.AddRange(Enumerable.Range(20, 20).Select(number => CommitAsync(Plan().Create($"good{number}"))));
        gate.SetResult();

        await Should.ThrowAsync<Exception>(() => bad);
        await busy;
        var receipts = (await Task.WhenAll(good)).Select(outcome => outcome.Receipt).ToList();

        receipts.Select(receipt => receipt.FirstSequence).Order().ShouldBe(Enumerable.Range(4, 40).Select(number => (long)number));
        receipts.Select(receipt => receipt.Commit.Value).Order().ShouldBe(Enumerable.Range(4, 40).Select(number => (long)number));
        (await CountAsync("bad")).ShouldBe(0);
        (await CountAsync("good39")).ShouldBe(1);
    }

    [Fact]
    public async Task A_catalog_that_is_opened_again_has_the_same_head_and_goes_on_from_it()
    {
        var existing = (await CreateAsync("a", "b"))[0];
        var head = Store.Head;

        Store = await ReopenAsync(Clock);

        Store.Head.ShouldBe(head);
        var receipt = (await CommitAsync(Plan().Bump(existing).Create("c"))).Receipt;
        receipt.ShouldSatisfyAllConditions(
            it => it.Commit.ShouldBe(new CommitNumber(2)),
            it => it.FirstSequence.ShouldBe(3),
            it => it.Versions.ShouldBe([2, 1]));
    }

    [Fact]
    public async Task A_plan_without_events_is_a_commit_and_uses_no_sequence()
    {
        var existing = (await CreateAsync("a")).Single();

        var receipt = (await CommitAsync(Plan().BumpSilently(existing))).Receipt;

        receipt.ShouldSatisfyAllConditions(
            it => it.Commit.ShouldBe(new CommitNumber(2)),
            it => it.FirstSequence.ShouldBe(2),
            it => it.Versions.ShouldBe([2]));
        Store.Head.Sequence.ShouldBe(1);
        (await CommitAsync(Plan().Create("b"))).Receipt.FirstSequence.ShouldBe(2);
    }
}
