using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>The SQLite store keeps subscriptions as every store must.</summary>
public sealed class SqliteDeliveryStoreTests : DeliveryStoreConformance
{
    private readonly TemporaryCatalog _catalog = new();
    private readonly FakeTimeProvider _clock = new();
    private ILeases? _leases;
    private CatalogHead? _head;
    private SqliteDeliveryStore? _store;

    protected override ILeases Leases => _leases!;

    protected override async ValueTask<IDeliveryStore> OpenFreshAsync()
    {
        var catalog = await _catalog.OpenAsync();
        _leases = catalog.Leases;

        // Tests of every store name the log themselves.
        _head = catalog.Head with { LogId = Log, Sequence = 100 };
        return Open();
    }

    protected override ValueTask<IDeliveryStore> ReopenAsync()
    {
        _store!.Dispose();
        return new(Open());
    }

    [Fact]
    public async Task A_catalog_that_was_put_back_sets_its_subscriptions_back()
    {
        await _store!.AddAsync(Row("one"), 10, TestContext.Current.CancellationToken);
        var checkpoint = Checkpoint("one", 9) with { Parked = [new ParkedEvent(3, Guid.Empty, 4, 1), new ParkedEvent(8, Guid.Empty, 4, 2)] };
        await _store.CheckpointAsync(await LeaseAsync(), [checkpoint], TestContext.Current.CancellationToken);
        _store.Dispose();

        _head = _head! with { LogId = Guid.CreateVersion7(), Sequence = 5 };
        Open();

        var loaded = (await _store.LoadAsync(0, TestContext.Current.CancellationToken))[0];
        (loaded.Row.Generation, loaded.Row.Revision, loaded.Row.Start, loaded.Row.Log).ShouldBe((2, 2, 5, _head.LogId));
        loaded.Parked.Select(parked => parked.Sequence).ShouldBe([3]);
        _store.Dispose();
        Open();
        (await _store.LoadAsync(0, TestContext.Current.CancellationToken))[0].Row.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task A_catalog_that_was_put_back_sets_its_sinks_back()
    {
        await _store!.AddSinkAsync(Sink("one") with { Position = 9 }, TestContext.Current.CancellationToken);
        await _store.ReplaceSinkAsync(
            Sink("one") with { Revision = 2, Position = 9 }, new SkippedEvent(8, Guid.Empty, 1, "large"), TestContext.Current.CancellationToken);
        _store.Dispose();

        _head = _head! with { LogId = Guid.CreateVersion7(), Sequence = 5 };
        Open();

        var sink = (await _store.FindSinkAsync("one", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (sink.Revision, sink.Log, sink.Position).ShouldBe((3, _head.LogId, 5));
        (await _store.SkippedAsync("one", 9, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nobody_tries_again_it_tries_itself_whether_it_can_store_something()
    {
        await SetWritableAsync(false);
        await Should.ThrowAsync<SqliteFailureException>(async () => await _store!.AddAsync(Row("one"), 10, TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await _store!.WhyNotWritableAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await SetWritableAsync(true);
        (await _store.WhyNotWritableAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull("it has failed a moment ago");
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await _store.WhyNotWritableAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    protected override ValueTask SetWritableAsync(bool isWritable)
    {
        using var database = Database.Open(File, cacheKib: 100);
        database.Run(isWritable ? "ALTER TABLE away RENAME TO change" : "ALTER TABLE change RENAME TO away");
        return ValueTask.CompletedTask;
    }

    protected override ValueTask CloseAsync()
    {
        _store?.Dispose();
        return _catalog.DisposeAsync();
    }

    private string File => Path.Combine(Path.GetDirectoryName(_catalog.Path)!, "delivery.db");

    private SqliteDeliveryStore Open() => _store = SqliteDeliveryStore.Open(File, Leases, _head!, _clock);
}
