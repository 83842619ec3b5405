using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>The PostgreSQL store keeps subscriptions as every store must.</summary>
public sealed class PostgresDeliveryStoreTests(PostgresCluster cluster) : DeliveryStoreConformance
{
    private PostgresCatalog? _catalog;
    private PostgresCatalogStore? _store;

    protected override ILeases Leases => _store!.Leases;

    protected override async ValueTask<IDeliveryStore> OpenFreshAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        return (_store = await _catalog.OpenAsync()).Deliveries;
    }

    protected override async ValueTask<IDeliveryStore> ReopenAsync()
    {
        await _store!.DisposeAsync();

        // The log that the rows are of; those of another one are set back.
        await _catalog!.RunAsync($"UPDATE head SET log_id = '{Log}'");
        return (_store = await _catalog.OpenAsync()).Deliveries;
    }

    [Fact]
    public async Task A_reader_that_goes_on_from_the_last_notice_misses_none_of_servers_that_write_at_the_same_time()
    {
        const int Each = 40;
        var cancel = TestContext.Current.CancellationToken;
        var stores = new[] { _store!, await _catalog!.OpenAsync() };
        var writing = Task.WhenAll(stores.Select(async (store, shard) =>
        {
            var id = $"shard {shard}";
            await store.Deliveries.AddAsync(Row(id) with { Shard = shard }, 10, cancel);
            var lease = (await store.Leases.TryTakeAsync(DeliveryShards.LeaseOf(shard), Guid.CreateVersion7(), cancel)).ShouldNotBeNull();
            for (var time = 1; time <= Each; time++)
            {
                await store.Deliveries.CheckpointAsync(lease, [Checkpoint(id, 9) with { Notices = [new DeliveryNotice(NoticeKind.Failing, time)] }], cancel);
            }
        }));

        var read = new List<StoredNotice>();
        while (read.Count < 2 * Each)
        {
            var isLast = writing.IsCompleted;
            read.AddRange(await stores[0].Deliveries.NoticesAsync(id: null, read.LastOrDefault()?.Id ?? 0, 100, cancel));
            (isLast && read.Count < 2 * Each).ShouldBeFalse("a notice was missed");
        }

        await writing;
        read.GroupBy(stored => stored.Subscription, StringComparer.Ordinal).ShouldAllBe(group => group.Select(stored => stored.Notice.Time).SequenceEqual(Enumerable.Range(1, Each).Select(time => (long)time)));
    }

    protected override async ValueTask SetWritableAsync(bool isWritable)
    {
        await using var source = NpgsqlDataSource.Create(_catalog!.ConnectionString);
        await using var command = source.CreateCommand(isWritable
            ? "ALTER TABLE away RENAME TO subscription_change"
            : "ALTER TABLE subscription_change RENAME TO away");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    protected override ValueTask CloseAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
}
