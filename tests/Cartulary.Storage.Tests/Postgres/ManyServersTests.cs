using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>Three stores on one database do together what one does alone.</summary>
public sealed class ManyServersTests(PostgresCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<PostgresCatalogStore> _stores = [];
    private PostgresCatalog _catalog = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        _stores.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _catalog.OpenAsync())));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public void Stores_that_open_a_new_database_at_once_agree_on_its_log() =>
        _stores.Select(store => store.Head.LogId).Distinct().ShouldHaveSingleItem().ShouldNotBe(Guid.Empty);

    [Fact]
    public async Task Saves_of_all_servers_make_one_log_without_gaps()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 150).Select(async number =>
        {
            var store = _stores[number % 3];
            return (await CommitAsync(store, Plan(store).Create($"a{number}").Create($"b{number}"))).Receipt;
        }));

        receipts.Select(receipt => receipt.Commit.Value).Order().ShouldBe(Enumerable.Range(1, 150).Select(number => (long)number));
        receipts.OrderBy(receipt => receipt.Commit.Value).Select(receipt => receipt.FirstSequence)
            .ShouldBe(Enumerable.Range(0, 150).Select(number => (number * 2L) + 1));
        foreach (var store in _stores)
        {
            await using var session = await store.ReadAsync(Cancel);
            (await session.ReadLogAsync(0, int.MaxValue, Cancel)).Sum(commit => commit.Count).ShouldBe(300);
        }
    }

    [Fact]
    public async Task Every_version_of_an_asset_that_all_servers_change_is_given_once()
    {
        await CommitAsync(_stores[0], Plan(_stores[0]).Create("parent"));
        var parent = await AssetAsync(_stores[0], "parent");

        var versions = await Task.WhenAll(Enumerable.Range(0, 90).Select(async number =>
            (await CommitAsync(_stores[number % 3], Plan(_stores[number % 3]).Bump(parent))).Receipt.Versions[0]));

        versions.Order().ShouldBe(Enumerable.Range(2, 90).Select(version => (long)version));
        await using var session = await _stores[1].ReadAsync(Cancel);
        var records = (await session.ReadLogAsync(1, int.MaxValue, Cancel)).SelectMany(commit => CommitLog.Decode(commit));
        records.Select(record => record.Numbers.Version).ShouldBe(Enumerable.Range(2, 90).Select(version => (long)version));
    }

    [Fact]
    public async Task A_plan_is_made_again_when_another_server_has_written_what_it_relies_on()
    {
        await CommitAsync(_stores[0], Plan(_stores[0]).Create("a"));
        var asset = await AssetAsync(_stores[1], "a");
        var stale = Plan(_stores[1]).Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(_stores[2], Plan(_stores[2]).Rename(asset, "b"));

        var outcome = await _stores[1].CommitAsync(
            stale,
            async (session, _) => new PlanOutcome.Planned(new PlanBuilder(session.Head).Rename(await AssetAsync(session, "b"), "c").Build()),
            Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Receipt.Versions.ShouldBe([3]);
    }

    [Fact]
    public async Task A_plan_holds_when_another_server_wrote_something_else()
    {
        await CommitAsync(_stores[0], Plan(_stores[0]).Create("a").Create("b"));
        var (a, b) = (await AssetAsync(_stores[1], "a"), await AssetAsync(_stores[1], "b"));
        var plan = Plan(_stores[1]).Reads(ConflictMarks.State(a.Guid)).Rename(a, "a2");
        await CommitAsync(_stores[2], Plan(_stores[2]).Rename(b, "b2"));

        (await CommitAsync(_stores[1], plan)).Receipt.Versions.ShouldBe([2]);
    }

    [Fact]
    public async Task Of_savers_of_one_name_on_all_servers_only_one_creates_it()
    {
        var key = PlanBuilder.KeyOf("a");
        var head = _stores[0].Head;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => _stores[number % 3].CommitAsync(
            new PlanBuilder(head).Reads(ConflictMarks.Key(key)).Create("a").Build(),
            async (session, _) => (await session.FindByKeyAsync([key], Cancel)).IsEmpty
                ? new PlanOutcome.Planned(new PlanBuilder(session.Head).Reads(ConflictMarks.Key(key)).Create("a").Build())
                : new PlanOutcome.Unchanged(new SaveSummary([], [])),
            Cancel).AsTask()));

        outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_waits_on_one_server_is_woken_by_a_commit_of_another()
    {
        var waiting = _stores[1].WaitForCommitAfterAsync(_stores[1].Head, Cancel);
        waiting.IsCompleted.ShouldBeFalse();

        var receipt = (await CommitAsync(_stores[0], Plan(_stores[0]).Create("a"))).Receipt;

        await waiting.WaitAsync(Patience, Cancel);
        _stores[1].Head.Commit.ShouldBe(receipt.Commit);
    }

    [Fact]
    public async Task A_reader_sees_what_any_server_has_committed_before()
    {
        for (var i = 0; i < 30; i++)
        {
            var receipt = (await CommitAsync(_stores[i % 3], Plan(_stores[i % 3]).Create($"a{i}"))).Receipt;

            await using var session = await _stores[(i + 1) % 3].ReadAsync(Cancel);
            session.Head.Commit.ShouldBe(receipt.Commit);
        }
    }

    [Fact]
    public async Task Types_that_another_server_installed_are_known_before_the_next_save()
    {
        var types = new TypesDef { EnumDefs = [new EnumDef { Name = "Color" }] };
        var first = await TypeRegistrySource.OpenAsync(
            _stores[0], new TypesDef(), PlanBuilder.Saver("types"), TimeProvider.System, Guid.CreateVersion7, Cancel);

        await TypeRegistrySource.OpenAsync(_stores[1], types, PlanBuilder.Saver("types"), TimeProvider.System, Guid.CreateVersion7, Cancel);

        await using var session = await _stores[0].ReadAsync(Cancel);
        (await first.ForAsync(session, Cancel)).Version.ShouldBe(session.Head.RegistryVersion);
        session.Head.RegistryVersion.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_made_with_types_that_another_server_has_changed_is_made_again()
    {
        var stale = Plan(_stores[0]).Create("stale").Build();
        await _stores[1].CommitTypesAsync([], expectedVersion: 0, PlanBuilder.Saver("types"), guard: null, Cancel);

        var outcome = await _stores[0].CommitAsync(
            stale, (session, _) => new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("fresh").Build())), Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Plan.RegistryVersion.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_that_another_server_has_shortened_is_written_again()
    {
        var list = new EndListRequest(5, EndSide.One, IsSymmetric: false, Limit: 1);
        await CommitAsync(_stores[0], Plan(_stores[0]).Create("table", out var t).Create("c1", out var c1).Create("c2", out var c2).Open(5, t, c1).Open(5, t, c2));
        var table = await AssetAsync(_stores[0], "table");
        await CommitAsync(_stores[0], Plan(_stores[0]).Bump(table, [list]));
        (await LastRecordAsync()).Lists.ShouldBeEmpty();

        await CommitAsync(_stores[1], Plan(_stores[1]).SetStatus(await AssetAsync(_stores[1], "c1"), AssetStatus.Deleted));
        await CommitAsync(_stores[0], Plan(_stores[0]).Bump(table, [list]));

        (await LastRecordAsync()).Lists.ShouldHaveSingleItem().Members.ShouldHaveSingleItem().QualifiedName.ShouldBe("c2");
    }

    [Fact]
    public async Task What_another_server_touches_is_known_after_catching_up()
    {
        var observer = new Observer(_stores[1]);
        _stores[1].Watch.Observe(observer);

        await TouchAsync(_stores[0], "a", 7, 8);
        await _stores[2].CommitTypesAsync([], expectedVersion: 0, PlanBuilder.Saver("types"), guard: null, Cancel);
        await _stores[1].Watch.CatchUpAsync(Cancel);

        observer.Told.ShouldBe([(1, "7,8", 0), (2, "all", 0)]);
    }

    [Fact]
    public async Task Observers_know_of_every_commit_of_all_servers_once_and_before_the_head_moves()
    {
        var observers = _stores.ConvertAll(store => new Observer(store));
        for (var server = 0; server < 3; server++)
        {
            _stores[server].Watch.Observe(observers[server]);
        }

        await Task.WhenAll(Enumerable.Range(0, 90).Select(async number =>
        {
            await TouchAsync(_stores[number % 3], $"n{number}", (ulong)number);
            await _stores[(number + 1) % 3].Watch.CatchUpAsync(Cancel);
            await using var session = await _stores[(number + 2) % 3].ReadAsync(Cancel);
        }));

        for (var server = 0; server < 3; server++)
        {
            await _stores[server].Watch.CatchUpAsync(Cancel);
            var told = observers[server].Told;
            told.Select(commit => commit.Commit).ShouldBe(Enumerable.Range(1, 90).Select(number => (long)number));
            told.Select(commit => commit.Touches).Order().ShouldBe(Enumerable.Range(0, 90).Select(number => $"{number}").Order());
            told.ShouldAllBe(commit => commit.Head < commit.Commit);
        }
    }

    [Fact]
    public async Task Who_has_been_away_for_long_takes_it_that_anything_was_touched()
    {
        var observer = new Observer(_stores[1]);
        _stores[1].Watch.Observe(observer);

        await Task.WhenAll(Enumerable.Range(0, 600).Select(number => TouchAsync(_stores[0], $"n{number}", (ulong)number)));
        await _stores[1].Watch.CatchUpAsync(Cancel);

        observer.Told[0].ShouldBe((101, "all", 0));
        observer.Told.Count.ShouldBe(500);
    }

    [Fact]
    public async Task What_a_trimmed_commit_touched_may_be_anything()
    {
        var observer = new Observer(_stores[1]);
        _stores[1].Watch.Observe(observer);
        await TouchAsync(_stores[0], "a", 7);
        await TouchAsync(_stores[0], "b", 8);

        while (await _stores[0].TrimAsync(new CommitNumber(1), 100, Cancel))
        {
        }

        await _stores[1].Watch.CatchUpAsync(Cancel);

        observer.Told.ShouldBe([(1, "all", 0), (2, "8", 0)]);
        _stores[1].Head.Trimmed.Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_is_older_than_what_another_server_has_trimmed_is_made_again()
    {
        var stale = Plan(_stores[1]).Reads(ConflictMarks.Key(PlanBuilder.KeyOf("other"))).Create("stale").Build();
        await TouchAsync(_stores[0], "a", 7);
        await _stores[0].TrimAsync(new CommitNumber(1), 100, Cancel);

        var outcome = await _stores[1].CommitAsync(
            stale, (session, _) => new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("fresh").Build())), Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Plan.BasedOn.Value.ShouldBe(1);
    }

    private static async Task TouchAsync(PostgresCatalogStore store, string name, params ulong[] touches)
    {
        PlanBuilder Fresh(CatalogHead head) => new PlanBuilder(head).Create(name);
        await store.CommitAsync(
            Fresh(store.Head).Build() with { Touches = [.. touches] },
            (session, _) => new(new PlanOutcome.Planned(Fresh(session.Head).Build() with { Touches = [.. touches] })),
            Cancel);
    }

    private static PlanBuilder Plan(PostgresCatalogStore store) => new(store.Head);

    private static async Task<CommitOutcome.Committed> CommitAsync(PostgresCatalogStore store, PlanBuilder plan)
    {
        var outcome = await store.CommitAsync(plan.Build(), (_, _) => throw new InvalidOperationException("The plan should have held."), Cancel);
        return outcome.ShouldBeOfType<CommitOutcome.Committed>();
    }

    private static async Task<StoredAsset> AssetAsync(PostgresCatalogStore store, string name)
    {
        await using var session = await store.ReadAsync(Cancel);
        return await AssetAsync(session, name);
    }

    private static async Task<StoredAsset> AssetAsync(IReadSession session, string name)
    {
        var match = (await session.FindByKeyAsync([PlanBuilder.KeyOf(name)], Cancel)).ShouldHaveSingleItem();
        return (await session.LoadAsync([match.Asset], Cancel))[match.Asset];
    }

    private async Task<LogRecord> LastRecordAsync()
    {
        await using var session = await _stores[2].ReadAsync(Cancel);
        return CommitLog.Decode((await session.ReadLogAsync(0, int.MaxValue, Cancel))[^1])[0];
    }

    private sealed class Observer(PostgresCatalogStore store) : ICommitObserver
    {
        /// <summary>Each commit, what it touches, and the head at the time.</summary>
        public List<(long Commit, string Touches, long Head)> Told { get; } = [];

        public void Saved(CommitNumber commit, ImmutableArray<ulong> touches) => Told.Add((commit.Value, string.Join(',', touches), store.Head.Commit.Value));

        public void Redefined(CommitNumber commit) => Told.Add((commit.Value, "all", store.Head.Commit.Value));
    }
}
