using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Who observes the commits knows of each before anybody else. A store that cannot promise it has no watch.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task An_observer_knows_of_a_commit_before_its_saver_and_before_the_head_moves()
    {
        Assert.SkipWhen(Store.Watch is null, "The store cannot be watched.");
        var observer = new Observer(Store);
        Store.Watch!.Observe(observer);

        await Store.CommitAsync(Plan().Create("a").Build() with { Touches = [7, 8] }, Never, Cancel);

        observer.Told.ShouldBe([(1, "7,8", 0)]);
    }

    [Fact]
    public async Task An_observer_is_told_of_commits_in_their_order_types_and_settings_included()
    {
        Assert.SkipWhen(Store.Watch is null, "The store cannot be watched.");
        var observer = new Observer(Store);
        Store.Watch!.Observe(observer);

        await CreateAsync("a");
        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0);
        await Store.CommitSettingsAsync(new CatalogSettings(["x"]), expectedVersion: 1, PlanBuilder.Saver("typer"), Cancel);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Store.CommitAsync(Plan().Create($"n{n}").Build(), Never, Cancel).AsTask()));
        await Store.Watch!.CatchUpAsync(Cancel);

        observer.Told.Select(told => told.Commit).ShouldBe(Enumerable.Range(1, 23).Select(n => (long)n));
        observer.Told.Where(told => told.Touches == "all").Select(told => told.Commit).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task An_observer_is_not_told_of_what_is_not_committed()
    {
        Assert.SkipWhen(Store.Watch is null, "The store cannot be watched.");
        var observer = new Observer(Store);
        Store.Watch!.Observe(observer);

        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 4);

        observer.Told.ShouldBeEmpty();
    }

    private sealed class Observer(ICatalogStore store) : ICommitObserver
    {
        /// <summary>Each commit, what it touches, and the head at the time.</summary>
        public List<(long Commit, string Touches, long Head)> Told { get; } = [];

        public void Saved(CommitNumber commit, ImmutableArray<ulong> touches) => Told.Add((commit.Value, string.Join(',', touches), store.Head.Commit.Value));

        public void Redefined(CommitNumber commit) => Told.Add((commit.Value, "all", store.Head.Commit.Value));
    }
}
