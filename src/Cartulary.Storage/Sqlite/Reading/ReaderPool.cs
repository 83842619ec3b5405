using System.Collections.Concurrent;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>A bounded number of connections for readers; who comes when all are taken waits.</summary>
internal sealed class ReaderPool(SqliteStoreOptions options, Guid logId) : IDisposable
{
    private readonly ConcurrentBag<Database> _idle = [];
    private readonly SemaphoreSlim _free = new(options.ReaderConnectionsMax);
    private volatile bool _isClosed;

    /// <summary>Opens a snapshot on a connection of its own.</summary>
    public async ValueTask<SqliteReadSession> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        await _free.WaitAsync(cancellationToken);
        Database? database = null;
        try
        {
            if (!_idle.TryTake(out database))
            {
                database = Database.Open(options.Path, options.ReaderCacheKib);
            }

            // The transaction's snapshot is taken by its first read, which is the head's.
            database.Run("BEGIN");
            var session = new SqliteReadSession(database, HeadReader.Read(database, logId), Return);
            StoreMetrics.ReadSessions.Add(1);
            return session;
        }
        catch
        {
            database?.Dispose();
            _free.Release();
            throw;
        }
    }

    /// <summary>Closes the connections; those in use are closed when their readers are done.</summary>
    public void Dispose()
    {
        _isClosed = true;
        CloseIdle();
    }

    private void Return(Database database)
    {
        StoreMetrics.ReadSessions.Add(-1);
        try
        {
            database.Rollback();
            _idle.Add(database);
        }
        catch (SqliteFailureException)
        {
            database.Dispose();
        }

        _free.Release();
        if (_isClosed)
        {
            CloseIdle();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var database))
        {
            database.Dispose();
        }
    }
}
