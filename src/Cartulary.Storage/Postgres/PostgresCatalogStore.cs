using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Delivery;
using Cartulary.Storage.Postgres.Reading;
using Cartulary.Storage.Postgres.Schema;
using Cartulary.Storage.Postgres.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cartulary.Storage.Postgres;

/// <summary>
/// A catalog in a PostgreSQL database, for any number of processes at once. A commit is durable when it is acknowledged, as
/// durable as the database makes its own. Disposing finishes the saves that wait.
/// </summary>
public sealed partial class PostgresCatalogStore : ICatalogStore, IAsyncDisposable
{
    private readonly ConnectionSources _sources;
    private readonly HeadTracker _tracker;
    private readonly CommitWriter<PostgresWriteTurn> _writer;
    private readonly SnapshotPool _snapshots;
    private readonly HeadLooker _looker;
    private readonly HeadFollower _follower;
    private bool _isDisposed;

    private PostgresCatalogStore(
        ConnectionSources sources, HeadRow head, PostgresStoreOptions options, TimeProvider clock, Func<Guid> newLogId, ILogger logger)
    {
        _sources = sources;
        _tracker = new HeadTracker(head);
        var turn = new PostgresWriteTurn(sources.Writer, _tracker, options, clock, newLogId, logger);
        _writer = new CommitWriter<PostgresWriteTurn>(turn, _tracker.Signal, options.Groups, logger);
        _snapshots = new SnapshotPool(sources.Readers, _tracker, options.ReaderConnectionsMax, LookIntoOtherLogAsync);
        _looker = new HeadLooker(sources.Readers, _tracker, LookIntoOtherLogAsync);
        _follower = new HeadFollower(_looker, _tracker, options.PollMilliseconds, logger);
        Watch = new PostgresWatch(_tracker, _looker);
        Keys = new PostgresKeyStore(sources.Readers);
        Leases = new PostgresLeases(sources.Readers);
        Deliveries = new PostgresDeliveryStore(sources.Readers, clock);
    }

    /// <inheritdoc/>
    public CatalogHead Head => _tracker.Signal.Head;

    /// <inheritdoc/>
    public ICommitWatch Watch { get; }

    /// <summary>The API keys, in the same database.</summary>
    public IKeyStore Keys { get; }

    /// <summary>Work that one server at a time may do.</summary>
    public ILeases Leases { get; }

    /// <summary>Subscriptions and how far they have come, in the same database.</summary>
    public IDeliveryStore Deliveries { get; }

    /// <summary>Names the database to people, without secrets.</summary>
    public string Place => _sources.Place;

    /// <summary>Opens a catalog, which is made when missing and brought to the newest schema.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Gives commits their times.</param>
    /// <param name="newLogId">Makes the id of a new catalog's log, and of one that has lost its end.</param>
    /// <param name="logger">Is told what an operator should know.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="Schemas.UnknownSchemaException">It was written by a newer version.</exception>
    /// <exception cref="CatalogIncompleteException">It is being carried there from a file.</exception>
    /// <exception cref="ConnectionStringException">The connection string cannot be read.</exception>
    /// <exception cref="IOException">The database refuses, for a reason that does not pass by itself.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be used at the moment.</exception>
    public static Task<PostgresCatalogStore> OpenAsync(
        PostgresStoreOptions options, TimeProvider clock, Func<Guid> newLogId, ILogger<PostgresCatalogStore> logger, CancellationToken cancellationToken) =>
        OpenAsync(options, clock, newLogId, logger, evenIncomplete: false, cancellationToken);

    /// <summary>Opens a catalog that has been carried to the database, to check it before servers may open it.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Gives commits their times.</param>
    /// <param name="newLogId">Makes the id of a log that has lost its end.</param>
    /// <param name="logger">Is told what an operator should know.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be used at the moment.</exception>
    public static Task<PostgresCatalogStore> OpenIncompleteAsync(
        PostgresStoreOptions options, TimeProvider clock, Func<Guid> newLogId, ILogger<PostgresCatalogStore> logger, CancellationToken cancellationToken) =>
        OpenAsync(options, clock, newLogId, logger, evenIncomplete: true, cancellationToken);

    private static async Task<PostgresCatalogStore> OpenAsync(
        PostgresStoreOptions options,
        TimeProvider clock,
        Func<Guid> newLogId,
        ILogger<PostgresCatalogStore> logger,
        bool evenIncomplete,
        CancellationToken cancellationToken)
    {
        var sources = ConnectionSources.Of(options);
        try
        {
            var schema = await SchemaMigrator.MigrateAsync(sources.Writer, sources.Place, newLogId(), cancellationToken);
            if (!evenIncomplete && await PostgresIncomplete.IsAsync(sources.Readers, cancellationToken))
            {
                throw new CatalogIncompleteException(sources.Place);
            }

            if (schema.Before is > 0 && schema.Before < schema.Now)
            {
                Log.Migrated(logger, sources.Place, schema.Before, schema.Now);
            }

            await PostgresDeliveryStore.SetBackAsync(sources.Writer, cancellationToken);
            var head = (await sources.Readers.ReadAsync(HeadRow.Query, HeadRow.Read, [], cancellationToken)).Single();
            Log.Opened(logger, sources.Place, head.Counters.Commit, head.Counters.Sequence, schema.Now);
            return new PostgresCatalogStore(sources, head, options, clock, newLogId, logger);
        }
        catch (Exception failure)
        {
            await sources.DisposeAsync();
            if (Failures.Told(failure) is var told && told != failure)
            {
                throw told;
            }

            // The rest is for the operator to put right: a database, a user or a right that is not there.
            if (failure is PostgresException refusal)
            {
                throw new IOException($"The catalog {sources.Place} cannot be opened: {refusal.MessageText} (SQLSTATE {refusal.SqlState})", refusal);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => (await _looker.LookAsync(cancellationToken)).Head;

    /// <inheritdoc/>
    public async ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken) => await _snapshots.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken) =>
        _writer.CommitAsync(plan, planner, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken) =>
        _writer.CommitTypesAsync(types, expectedVersion, context, guard, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CommitSettingsAsync(
        CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _writer.CommitSettingsAsync(settings, expectedVersion, context, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _writer.CommitJobAsync(job, expectedVersion, context, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) =>
        await _sources.Readers.ExecuteAsync(JobRows.Progress, [Sql.Of(job), Sql.Of(done)], cancellationToken);

    /// <inheritdoc/>
    public Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken) =>
        _follower.WaitForCommitAfterAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _writer.DisposeAsync();
        _tracker.Signal.Close();
        await _follower.DisposeAsync();
        _snapshots.Dispose();
        await _sources.DisposeAsync();
    }

    /// <summary>A turn of the writer, which finds out under the lock what has become of the log.</summary>
    private async ValueTask LookIntoOtherLogAsync(CancellationToken cancellationToken) =>
        await _writer.ChangeAsync(static _ => new(true), cancellationToken);
}
