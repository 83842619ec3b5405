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
        return (_store = await _catalog!.OpenAsync()).Deliveries;
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
