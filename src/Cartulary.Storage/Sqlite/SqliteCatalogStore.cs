using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Schemas;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;
using Cartulary.Storage.Sqlite.Schema;
using Cartulary.Storage.Sqlite.Writing;
using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Sqlite;

/// <summary>
/// A catalog in one SQLite file, for one process. A commit is durable when it is acknowledged: it has been forced to disk.
/// Disposing finishes the saves that wait.
/// </summary>
public sealed partial class SqliteCatalogStore : ICatalogStore, IAsyncDisposable
{
    private const string LogIdKey = "log_id";
    private const string FindMeta = "SELECT value FROM meta WHERE key = ?1";
    private const string InsertMeta = "INSERT INTO meta (key, value) VALUES (?1, ?2)";

    private readonly StoreLock _lock;
    private readonly HeadSignal _head;
    private readonly CommitWriter<WriteTurn> _writer;
    private readonly ReaderPool _readers;

    private SqliteCatalogStore(
        StoreLock storeLock, HeadSignal head, CommitWriter<WriteTurn> writer, ReaderPool readers, CommitWatch watch, TimeProvider clock)
    {
        Watch = watch;
        _lock = storeLock;
        _head = head;
        _writer = writer;
        _readers = readers;
        Keys = new SqliteKeyStore(writer, readers);
        Leases = new SqliteLeases(clock);
    }

    /// <inheritdoc/>
    public CatalogHead Head => _head.Head;

    /// <inheritdoc/>
    public ICommitWatch Watch { get; }

    /// <summary>The API keys, in the same file.</summary>
    public IKeyStore Keys { get; }

    /// <summary>Work that one server at a time may do.</summary>
    public ILeases Leases { get; }

    /// <summary>Opens a catalog, which is made when missing and brought to the newest schema.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Gives commits their times.</param>
    /// <param name="newLogId">Makes the id of a new catalog's log.</param>
    /// <param name="logger">Is told what an operator should know.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="CatalogInUseException">Another process has it open.</exception>
    /// <exception cref="CatalogUnusableException">The file is damaged, or may not be written to.</exception>
    /// <exception cref="UnknownSchemaException">It was written by a newer version.</exception>
    public static Task<SqliteCatalogStore> OpenAsync(
        SqliteStoreOptions options, TimeProvider clock, Func<Guid> newLogId, ILogger<SqliteCatalogStore> logger, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var storeLock = Lock(options.Path);
        Database? database = null;
        try
        {
            database = Database.Open(options.Path, options.WriterCacheKib);
            database.Run("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000");
            var schema = SchemaMigrator.Migrate(database, options.Path);
            if (schema.Before is > 0 && schema.Before < schema.Now)
            {
                Log.Migrated(logger, options.Path, schema.Before, schema.Now);
            }

            var logId = LogIdOf(database, newLogId);
            var checkpointer = new Checkpointer(Database.Open(options.Path, options.ReaderCacheKib), logger);
            var turn = new WriteTurn(database, checkpointer, logId, options, clock);
            var head = new HeadSignal(turn.Head);
            Log.Opened(logger, options.Path, head.Head.Commit.Value, head.Head.Sequence, schema.Now);
            var writer = new CommitWriter<WriteTurn>(turn, head, options.Groups, logger);
            return Task.FromResult(new SqliteCatalogStore(storeLock, head, writer, new ReaderPool(options, logId), turn.Watch, clock));
        }
        catch (SqliteFailureException failure)
        {
            database?.Dispose();
            storeLock.Dispose();
            throw new CatalogUnusableException(options.Path, failure);
        }
        catch
        {
            database?.Dispose();
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Keeps stores off a file until what is returned is disposed, for who puts another file in its place.</summary>
    /// <exception cref="CatalogInUseException">A store has it open.</exception>
    public static IDisposable Reserve(string path) => StoreLock.Take(path);

    private static StoreLock Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return StoreLock.Take(path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not CatalogInUseException)
        {
            throw new CatalogUnusableException(path, failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => new(Head);

    /// <inheritdoc/>
    public async ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken) => await _readers.OpenAsync(cancellationToken);

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
    public async ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) => await _writer.ChangeAsync(
        turn =>
        {
            JobRows.Note(turn.Database, job, done);
            return new(true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken) =>
        _head.WaitForCommitAfterAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _head.Close();
        _readers.Dispose();
        _lock.Dispose();
    }

    private static Guid LogIdOf(Database database, Func<Guid> newLogId)
    {
        var find = database.Prepared(FindMeta).Bind(1, LogIdKey);
        if (find.Step())
        {
            var known = Guid.Parse(find.Text(0));
            find.Reset();
            return known;
        }

        var made = newLogId();
        database.Prepared(InsertMeta).Bind(1, LogIdKey).Bind(2, made.ToString("D")).Execute();
        return made;
    }
}
