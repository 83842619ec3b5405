using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>A bounded number of snapshots; who comes when all are taken waits.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="tracker">Is told of every head seen.</param>
/// <param name="snapshotsMax">How many may be open.</param>
/// <param name="onOtherLog">Called when the database has another log than was known, or has lost a part of it.</param>
internal sealed class SnapshotPool(
    NpgsqlDataSource source, HeadTracker tracker, int snapshotsMax, Func<CancellationToken, ValueTask> onOtherLog) : IDisposable
{
    // A pooled connection may have been cut while nobody used it, which shows only when it is used; after a restart of the
    // database, all of them have.
    private const int TriesMax = 3;

    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private readonly SemaphoreSlim _free = new(snapshotsMax);
    private volatile bool _isClosed;

    /// <summary>Opens a snapshot on a connection of its own, in one round trip.</summary>
    public async ValueTask<PostgresReadSession> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        await _free.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryOpenAsync(isLast: attempt == TriesMax, cancellationToken) is { } session)
                {
                    return session;
                }
            }
        }
        catch (Exception failure)
        {
            _free.Release();
            if (Failures.Told(failure) is var told && told != failure)
            {
                throw told;
            }

            throw;
        }
    }

    /// <summary>No further snapshots; those that are open can be read and ended.</summary>
    public void Dispose() => _isClosed = true;

    private async Task<PostgresReadSession?> TryOpenAsync(bool isLast, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
            var look = await BeginAsync(connection, cancellationToken);
            if (look.IsSameLog && tracker.See(look.Row, look.News))
            {
                StoreMetrics.ReadSessions.Add(1);
                return new PostgresReadSession(connection, look.Row.Head, Return);
            }

            await connection.DisposeAsync();
            await onOtherLog(cancellationToken);
            return null;
        }
        catch (Exception failure)
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (isLast || !Failures.IsTransient(failure))
            {
                throw;
            }

            return null;
        }
    }

    private async Task<HeadLook> BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var seen = tracker.Seen;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Begin) } };
        HeadLook.AddTo(batch, seen, tracker.Told);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await HeadLook.ReadAsync(reader, seen, cancellationToken);
    }

    /// <summary>Whoever ends a snapshot has read what it wanted, and does not wait until the database has ended it too.</summary>
    private void Return(NpgsqlConnection connection) => _ = ReturnAsync(connection);

    private async Task ReturnAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // The transaction ends with its connection, which is thrown away.
        }
        finally
        {
            await connection.DisposeAsync();
            _free.Release();
            StoreMetrics.ReadSessions.Add(-1);
        }
    }
}
