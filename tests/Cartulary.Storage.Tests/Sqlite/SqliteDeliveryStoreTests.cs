using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Conformance;
using Cartulary.Storage.Sqlite.Delivery;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>The SQLite store keeps subscriptions as every store must.</summary>
public sealed class SqliteDeliveryStoreTests : DeliveryStoreConformance
{
    private readonly TemporaryCatalog _catalog = new();
    private ILeases? _leases;
    private SqliteDeliveryStore? _store;

    protected override ILeases Leases => _leases!;

    protected override async ValueTask<IDeliveryStore> OpenFreshAsync()
    {
        _leases = (await _catalog.OpenAsync()).Leases;
        return Open();
    }

    protected override ValueTask<IDeliveryStore> ReopenAsync()
    {
        _store!.Dispose();
        return new(Open());
    }

    protected override ValueTask CloseAsync()
    {
        _store?.Dispose();
        return _catalog.DisposeAsync();
    }

    private SqliteDeliveryStore Open() => _store = SqliteDeliveryStore.Open(Path.Combine(Path.GetDirectoryName(_catalog.Path)!, "delivery.db"), Leases);
}
