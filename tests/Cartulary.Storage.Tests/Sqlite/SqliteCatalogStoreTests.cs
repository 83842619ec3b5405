using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Schemas;
using Cartulary.Storage.Sqlite;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Testing;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>What is particular to a catalog in a SQLite file.</summary>
public sealed class SqliteCatalogStoreTests : IAsyncDisposable
{
    private readonly TemporaryCatalog _catalog = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task A_second_store_on_the_same_file_is_refused()
    {
        await _catalog.OpenAsync();

        (await Should.ThrowAsync<CatalogInUseException>(() => _catalog.OpenAsync())).Message.ShouldContain(_catalog.Path);
    }

    [Fact]
    public async Task The_file_can_be_opened_again_after_the_store_is_closed_twice()
    {
        var store = await _catalog.OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        (await _catalog.OpenAsync()).Head.LogId.ShouldBe(store.Head.LogId);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_not_held()
    {
        await (await _catalog.OpenAsync()).DisposeAsync();
        using (var database = Database.Open(_catalog.Path, 1024))
        {
            database.Run("PRAGMA user_version = 1000");
        }

        (await Should.ThrowAsync<UnknownSchemaException>(() => _catalog.OpenAsync())).Message.ShouldContain("1000");
        await Should.ThrowAsync<UnknownSchemaException>(() => _catalog.OpenAsync());
    }

    [Fact]
    public async Task Every_commit_is_forced_to_disk_through_a_write_ahead_log()
    {
        await _catalog.OpenAsync();
        using var database = Database.Open(_catalog.Path, 1024);

        database.Number("PRAGMA synchronous").ShouldBe(2);
        database.Number("PRAGMA page_size").ShouldBe(4096);
        var mode = database.Prepared("PRAGMA journal_mode");
        mode.Step().ShouldBeTrue();
        mode.Text(0).ShouldBe("wal");
    }

    [Fact]
    public async Task More_readers_than_connections_wait_for_their_turn()
    {
        var store = await _catalog.OpenAsync(options: new SqliteStoreOptions { Path = _catalog.Path, ReaderConnectionsMax = 2 });
        var first = await store.ReadAsync(Cancel);
        await using var second = await store.ReadAsync(Cancel);
        var third = store.ReadAsync(Cancel).AsTask();

        third.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();

        await (await third.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).DisposeAsync();
    }

    [Fact]
    public async Task A_reader_that_waits_can_be_cancelled()
    {
        var store = await _catalog.OpenAsync(options: new SqliteStoreOptions { Path = _catalog.Path, ReaderConnectionsMax = 1 });
        await using var first = await store.ReadAsync(Cancel);
        using var source = new CancellationTokenSource();
        var second = store.ReadAsync(source.Token).AsTask();

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task A_session_that_outlives_its_store_can_still_be_read_and_ended()
    {
        var store = await _catalog.OpenAsync();
        await store.CommitAsync(new PlanBuilder(store.Head).Create("a").Build(), Never, Cancel);
        await using var session = await store.ReadAsync(Cancel);

        await store.DisposeAsync();

        (await session.ScanAsync(default, 10, Cancel)).Length.ShouldBe(1);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await store.ReadAsync(Cancel));
    }

    [Fact]
    public async Task A_closed_store_takes_no_saves()
    {
        var store = await _catalog.OpenAsync();
        await store.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () =>
            await store.CommitAsync(new PlanBuilder(store.Head).Create("a").Build(), Never, Cancel));
    }

    [Fact]
    public async Task A_plan_older_than_what_is_remembered_is_made_again()
    {
        var store = await _catalog.OpenAsync(options: new SqliteStoreOptions { Path = _catalog.Path, RememberedWrites = 10 });
        var old = new PlanBuilder(store.Head).Reads(1).Create("old").Build();
        for (var i = 0; i < 10; i++)
        {
            await store.CommitAsync(new PlanBuilder(store.Head).Create($"a{i}").Build(), Never, Cancel);
        }

        var again = false;
        await store.CommitAsync(
            old,
            (session, _) =>
            {
                again = true;
                return new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("new").Build()));
            },
            Cancel);

        again.ShouldBeTrue();
    }

    [Fact]
    public async Task The_write_ahead_log_stays_bounded_under_steady_writing()
    {
        var store = await _catalog.OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            var plan = new PlanBuilder(store.Head);
            for (var j = 0; j < 200; j++)
            {
                plan.Create($"{new string('n', 500)}{i}-{j}");
            }

            await store.CommitAsync(plan.Build(), Never, Cancel);
        }

        new FileInfo(_catalog.Path + "-wal").Length.ShouldBeLessThan(3L * 4000 * 4096);
    }

    [Fact]
    public async Task Every_later_version_is_recorded_with_its_commit_and_event_and_every_state_with_the_one_before()
    {
        var store = await _catalog.OpenAsync();
        await store.CommitAsync(new PlanBuilder(store.Head).Create("a").Build(), Never, Cancel);
        await using var session = await store.ReadAsync(Cancel);
        var asset = (await session.ScanAsync(default, 1, Cancel)).Single();
        await store.CommitAsync(new PlanBuilder(store.Head).BumpSilently(asset).Build(), Never, Cancel);
        await store.CommitAsync(new PlanBuilder(store.Head).Create("b").Rename(asset, "c").Build(), Never, Cancel);

        RowsOf("SELECT version, commit_n, idx FROM touch ORDER BY version").ShouldBe(["2 2 -", "3 3 1"]);
        RowsOf("SELECT id, prev, commit_n FROM revision WHERE asset = 1 ORDER BY id").ShouldBe(["1 - 1", "3 1 3"]);
    }

    [Fact]
    public async Task Versions_that_an_older_program_wrote_are_read_from_the_log()
    {
        var store = await _catalog.OpenAsync();
        await CommitAsync(store, new PlanBuilder(store.Head).Create("a"));
        var asset = await SingleAsync(store);
        await CommitAsync(store, new PlanBuilder(store.Head).Create("other").SetStatus(asset, AssetStatus.Deleted));
        await CommitAsync(store, new PlanBuilder(store.Head).Rename(asset with { Status = AssetStatus.Deleted }, "b"));
        await CommitAsync(store, new PlanBuilder(store.Head).SetStatus(asset, AssetStatus.Active));
        using (var database = Database.Open(_catalog.Path, 1024))
        {
            database.Run("UPDATE touch SET rev = NULL, status = NULL");
        }

        await using var session = await store.ReadAsync(Cancel);
        var states = new List<string>();
        for (var commit = 1; commit <= 4; commit++)
        {
            var then = (await session.LoadAsOfAsync([asset.Id], new CommitNumber(commit), Cancel))[asset.Id];
            states.Add($"{then.Version} {then.Status} {then.State.Find(PlanBuilder.QualifiedName)!.Value.AsText()}");
        }

        states.ShouldBe(["1 Active a", "2 Deleted a", "3 Deleted b", "4 Active b"]);
    }

    private static async Task CommitAsync(SqliteCatalogStore store, PlanBuilder plan) =>
        (await store.CommitAsync(plan.Build(), Never, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

    private static async Task<StoredAsset> SingleAsync(SqliteCatalogStore store)
    {
        await using var session = await store.ReadAsync(Cancel);
        return (await session.ScanAsync(default, 10, Cancel)).ShouldHaveSingleItem();
    }

    /// <summary>The rows of a query with three numbers, a dash for what is null.</summary>
    private List<string> RowsOf(string sql)
    {
        using var database = Database.Open(_catalog.Path, 1024);
        var query = database.Prepared(sql);
        var rows = new List<string>();
        while (query.Step())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, 3).Select(column => query.IsNull(column) ? "-" : $"{query.Long(column)}")));
        }

        return rows;
    }

    private static ValueTask<PlanOutcome> Never(IReadSession session, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The plan should have held.");
}
