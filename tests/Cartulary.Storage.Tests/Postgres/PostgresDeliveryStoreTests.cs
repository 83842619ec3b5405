using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Postgres;
using Cartulary.Testing.Postgres;

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

    protected override ValueTask CloseAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
}
