using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Delivery;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Schema;

namespace Cartulary.Storage.Sqlite.Delivery;

/// <summary>
/// Keeps subscriptions and sinks in a file of its own beside the catalog, so that places are stored without waiting for saves. What people change is
/// forced to disk; checkpoints are not, and a power cut takes back the newest of them, whole.
/// </summary>
public sealed partial class SqliteDeliveryStore : IDeliveryStore, IDisposable
{
    private const int CacheKib = 4_096;
    private const string Forced = "PRAGMA synchronous = FULL";
    private const string Unforced = "PRAGMA synchronous = NORMAL";

    private const string MoveToLog =
        """
        UPDATE subscription SET revision = revision + 1, generation = generation + 1, log = ?1,
            start = min(CASE WHEN state_generation = generation THEN position ELSE start END, ?2)
        WHERE CASE WHEN state_generation = generation THEN state_log ELSE log END <> ?1
        """;

    private const string UnparkLost = "DELETE FROM parked WHERE sequence > (SELECT start FROM subscription WHERE id = parked.subscription)";

    private const string BuryLost = "DELETE FROM dead_letter WHERE sequence > (SELECT start FROM subscription WHERE id = dead_letter.subscription)";

    private readonly Database _database;
    private readonly ILeases _leases;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly WriteWatch _writes;

    private SqliteDeliveryStore(Database database, ILeases leases, TimeProvider clock)
    {
        _writes = new WriteWatch(clock);
        _database = database;
        _leases = leases;
    }

    /// <summary>Opens the file, which is made when missing and brought to the newest schema. The catalog beside it must be open, so that nobody else opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="leases">The leases of the catalog.</param>
    /// <param name="head">
    /// The head of the catalog. Subscriptions and sinks that were served from another log, before a backup was put in the catalog's place, are set back to it: what
    /// they had beyond that is not there any more.
    /// </param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="Schemas.UnknownSchemaException">It was written by a newer version.</exception>
    /// <exception cref="SqliteFailureException">The file is damaged, or may not be written to.</exception>
    public static SqliteDeliveryStore Open(string path, ILeases leases, CatalogHead head, TimeProvider clock)
    {
        var database = Database.Open(path, CacheKib);
        try
        {
            database.Run("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 1000");
            SchemaMigrator.Migrate(database, path, SchemaMigrator.Delivery);
            SetBack(database, head);
            return new SqliteDeliveryStore(database, leases, clock);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Exception?> WhyNotWritableAsync(CancellationToken cancellationToken) => _writes.WhyNotAsync(
        () => ChangeAsync(
            isForced: true,
            static database =>
            {
                database.Prepared(Touch).Execute();
                return true;
            },
            cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        _turn.Dispose();
    }

    private static void SetBack(Database database, CatalogHead head)
    {
        database.Run("BEGIN IMMEDIATE");
        database.Prepared(MoveToLog).Bind(1, head.LogId).Bind(2, head.Sequence).Execute();
        if (HasChanged(database))
        {
            database.Prepared(UnparkLost).Execute();
            database.Prepared(BuryLost).Execute();
        }

        SetSinksBack(database, head);
        database.Run("COMMIT");
    }

    private async ValueTask<T> ReadAsync<T>(Func<Database, T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return read(_database);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes what is stored in one transaction; cancellation no longer applies once it has begun.</summary>
    private ValueTask<T> ChangeAsync<T>(bool isForced, Func<Database, T> change, CancellationToken cancellationToken) =>
        _writes.RunAsync(() => ChangeInTurnAsync(isForced, change, cancellationToken));

    private async ValueTask<T> ChangeInTurnAsync<T>(bool isForced, Func<Database, T> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _database.Run(isForced ? Forced : Unforced);
            _database.Run("BEGIN IMMEDIATE");
            var result = change(_database);
            _database.Run("COMMIT");
            return result;
        }
        finally
        {
            _database.Rollback();
            _turn.Release();
        }
    }
}
