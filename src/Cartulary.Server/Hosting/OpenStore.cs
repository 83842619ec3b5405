using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Core.Save;
using Cartulary.Storage.Postgres;
using Cartulary.Storage.Sqlite;
using Cartulary.Storage.Sqlite.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>The store that the settings name, opened.</summary>
/// <param name="Store">Keeps the catalog.</param>
/// <param name="Keys">Keeps the API keys.</param>
/// <param name="Leases">Says which server does what only one may do.</param>
/// <param name="OpenDeliveries">Opens what keeps webhooks and how far each has come, for a server that delivers; whoever opens it closes it first.</param>
/// <param name="Place">Says to people where it is.</param>
/// <param name="Closing">Closes it.</param>
internal sealed record OpenStore(
    ICatalogStore Store, IKeyStore Keys, ILeases Leases, Func<IDeliveryStore> OpenDeliveries, string Place, IAsyncDisposable Closing) : IAsyncDisposable
{
    /// <summary>Opens it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ids">Makes ids.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Makes loggers.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="OptionsValidationException">The connection string cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened; the message says why.</exception>
    public static async Task<OpenStore> OpenAsync(
        string folder, Settings settings, IIdSource ids, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (settings.Storage.Provider == StorageOptions.Postgres)
        {
            var options = settings.Storage.ForPostgres(settings.ConnectionString!);
            var logger = loggers.CreateLogger<PostgresCatalogStore>();
            try
            {
                return Of(await PostgresCatalogStore.OpenAsync(options, clock, ids.NewGuid, logger, cancellationToken));
            }
            catch (ConnectionStringException mistake)
            {
                throw new OptionsValidationException("", typeof(StorageOptions), [$"{Settings.ConnectionStringName}: {mistake.Message}"]);
            }
            catch (StoreUnavailableException away)
            {
                throw new IOException($"{away.Message} {away.InnerException!.Message}", away);
            }
        }

        var file = new SqliteStoreOptions { Path = Path.Combine(folder, "catalog.db") };
        var sqlite = await SqliteCatalogStore.OpenAsync(file, clock, ids.NewGuid, loggers.CreateLogger<SqliteCatalogStore>(), cancellationToken);
        return new OpenStore(
            sqlite,
            sqlite.Keys,
            sqlite.Leases,
            () => SqliteDeliveryStore.Open(Path.Combine(folder, "delivery.db"), sqlite.Leases, sqlite.Head, clock),
            $"data: {folder}",
            sqlite);
    }

    /// <summary>A store on PostgreSQL.</summary>
    public static OpenStore Of(PostgresCatalogStore store) => new(store, store.Keys, store.Leases, () => store.Deliveries, $"database: {store.Place}", store);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Closing.DisposeAsync();
}
