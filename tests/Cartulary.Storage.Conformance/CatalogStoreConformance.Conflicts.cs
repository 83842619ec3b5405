using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Plans that no longer hold, and plans that still do.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task A_plan_holds_when_others_wrote_only_what_it_does_not_rely_on()
    {
        var assets = await CreateAsync("a", "b");
        var plan = Plan().Reads(ConflictMarks.State(assets[0].Guid)).Rename(assets[0], "a2");
        await CommitAsync(Plan().Rename(assets[1], "b2"));

        await CommitAsync(plan);

        (await CountAsync("a2")).ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_is_made_again_when_something_it_relies_on_was_written_since()
    {
        var asset = (await CreateAsync("a")).Single();
        var stale = Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(Plan().Rename(asset, "b"));

        var outcome = await Store.CommitAsync(stale, RenameAgain("b", "c"), Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Receipt.Versions.ShouldBe([3]);
        (await CountAsync("stale")).ShouldBe(0);
        (await AssetAsync("c")).Version.ShouldBe(3);
    }

    [Fact]
    public async Task The_outcome_tells_the_plan_that_was_written()
    {
        var asset = (await CreateAsync("a")).Single();
        var stale = Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(Plan().Rename(asset, "b"));
        CommitPlan? newer = null;

        var outcome = await Store.CommitAsync(
            stale,
            async (session, _) =>
            {
                newer = new PlanBuilder(session.Head).Rename(await AssetAsync(session, "b"), "c").Build();
                return new PlanOutcome.Planned(newer);
            },
            Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Plan.ShouldBeSameAs(newer);
    }

    [Fact]
    public async Task A_plan_made_again_sees_the_state_that_its_commit_stands_on()
    {
        var asset = (await CreateAsync("a")).Single();
        var head = Store.Head;
        var seen = new List<(CommitNumber Commit, long Version)>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => BumpOverAsync()));

        outcomes.Select(outcome => outcome.Receipt.Versions[0]).Order().ShouldBe(Enumerable.Range(2, 50).Select(version => (long)version));
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(it => it.Version == it.Commit.Value);

        async Task<CommitOutcome.Committed> BumpOverAsync()
        {
            var mark = ConflictMarks.State(asset.Guid);
            var plan = new PlanBuilder(head).Reads(mark).Writes(mark).Bump(asset).Build();
            return (await Store.CommitAsync(plan, Again, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

            async ValueTask<PlanOutcome> Again(IReadSession session, CancellationToken cancellationToken)
            {
                var current = await AssetAsync(session, "a");
                seen.Add((session.Head.Commit, current.Version));
                return new PlanOutcome.Planned(new PlanBuilder(session.Head).Reads(mark).Writes(mark).Bump(current).Build());
            }
        }
    }

    [Fact]
    public async Task Bumps_of_one_asset_by_many_savers_need_no_second_plan()
    {
        var parent = (await CreateAsync("parent")).Single();
        var head = Store.Head;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => CommitAsync(
            new PlanBuilder(head).Create($"child{number}", out var child).Bump(parent).Mention(parent, out var end).Open(5, end, child))));

        outcomes.Select(outcome => outcome.Receipt.Versions[1]).Order().ShouldBe(Enumerable.Range(2, 100).Select(version => (long)version));
        (await AssetAsync("parent")).Version.ShouldBe(101);
    }

    [Fact]
    public async Task Of_many_savers_of_one_new_name_only_one_creates_it()
    {
        var head = Store.Head;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CreateOnceAsync()));

        outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(1);
        outcomes.Count(outcome => outcome is CommitOutcome.NotCommitted).ShouldBe(49);
        (await CountAsync("a")).ShouldBe(1);
        Store.Head.Commit.ShouldBe(new CommitNumber(1));

        async Task<CommitOutcome> CreateOnceAsync() => await Store.CommitAsync(
            new PlanBuilder(head).Reads(ConflictMarks.Key(PlanBuilder.KeyOf("a"))).Create("a").Build(),
            async (session, _) => (await session.FindByKeyAsync([PlanBuilder.KeyOf("a")], Cancel)).IsEmpty
                ? throw new InvalidOperationException("The name should have been taken.")
                : new PlanOutcome.Unchanged(new SaveSummary([], [])),
            Cancel);
    }

    [Fact]
    public async Task A_plan_that_shows_what_was_written_since_holds_and_says_so()
    {
        var assets = await CreateAsync("neighbour", "other");
        var old = Plan().Bump(assets[0]).Build() with { Shows = [ConflictMarks.State(assets[0].Guid)] };
        var fresh = Plan().Bump(assets[1]).Build() with { Shows = [ConflictMarks.State(assets[1].Guid)] };
        await CommitAsync(Plan().Rename(assets[0], "renamed"));

        (await Store.CommitAsync(old, Never, Cancel)).ShouldBeOfType<CommitOutcome.Committed>().ShowsOldStates.ShouldBeTrue();
        (await Store.CommitAsync(fresh, Never, Cancel)).ShouldBeOfType<CommitOutcome.Committed>().ShowsOldStates.ShouldBeFalse();
    }

    [Fact]
    public async Task A_plan_made_again_that_changes_nothing_writes_nothing()
    {
        var outcome = await CommitStaleAsync(new PlanOutcome.Unchanged(new SaveSummary([], [])));

        outcome.ShouldBeOfType<CommitOutcome.NotCommitted>().Outcome.ShouldBeOfType<PlanOutcome.Unchanged>();
        (await CountAsync("stale")).ShouldBe(0);
        Store.Head.ShouldBe(Store.Head with { Commit = new CommitNumber(2), Sequence = 2 });
    }

    [Fact]
    public async Task A_plan_made_again_that_is_refused_writes_nothing()
    {
        var outcome = await CommitStaleAsync(new PlanOutcome.Rejected(ImmutableArray<Problem>.Empty));

        outcome.ShouldBeOfType<CommitOutcome.NotCommitted>().Outcome.ShouldBeOfType<PlanOutcome.Rejected>();
        (await CountAsync("stale")).ShouldBe(0);
        Store.Head.ShouldBe(Store.Head with { Commit = new CommitNumber(2), Sequence = 2 });
    }

    [Fact]
    public async Task A_planner_that_fails_fails_its_own_save_alone()
    {
        var asset = (await CreateAsync("a")).Single();
        var stale = Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(Plan().Rename(asset, "b"));

        var failing = Store.CommitAsync(stale, (_, _) => throw new TimeoutException("planner"), Cancel).AsTask();
        var good = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => CommitAsync(Plan().Create($"good{number}"))));

        (await Should.ThrowAsync<TimeoutException>(() => failing)).Message.ShouldBe("planner");
        good.Select(outcome => outcome.Receipt.FirstSequence).Order().ShouldBe(Enumerable.Range(3, 10).Select(sequence => (long)sequence));
    }

    [Fact]
    public async Task A_plan_on_the_head_of_a_catalog_just_opened_holds()
    {
        var asset = (await CreateAsync("a")).Single();
        Store = await ReopenAsync(Clock);

        await CommitAsync(Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "b"));

        (await AssetAsync("b")).Version.ShouldBe(2);
    }

    /// <summary>Commits a plan that does not hold, as commit 3, with an answer for the second planning.</summary>
    private async Task<CommitOutcome> CommitStaleAsync(PlanOutcome second)
    {
        var asset = (await CreateAsync("a")).Single();
        var stale = Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(Plan().Rename(asset, "b"));
        return await Store.CommitAsync(stale, (_, _) => ValueTask.FromResult(second), Cancel);
    }

    private static Planner RenameAgain(string from, string to) => async (session, _) =>
        new PlanOutcome.Planned(new PlanBuilder(session.Head).Rename(await AssetAsync(session, from), to).Build());
}
