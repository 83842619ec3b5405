using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

// Takes a lease on the database that the first argument connects to, says its epoch, and renews it until it is killed or has
// lost it.
await using var store = await PostgresCatalogStore.OpenAsync(
    new PostgresStoreOptions { ConnectionString = args[0] }, TimeProvider.System, Guid.CreateVersion7, NullLogger<PostgresCatalogStore>.Instance, CancellationToken.None);
var lease = await store.Leases.TryTakeAsync(args[1], Guid.CreateVersion7(), CancellationToken.None);
Console.WriteLine(lease is null ? "refused" : $"holds {lease.Epoch}");
while (lease is not null && await store.Leases.RenewAsync(lease, CancellationToken.None))
{
    await Task.Delay(ILeases.RenewEvery);
}

Console.WriteLine("lost");
