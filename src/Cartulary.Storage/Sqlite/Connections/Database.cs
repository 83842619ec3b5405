using SQLitePCL;

namespace Cartulary.Storage.Sqlite.Connections;

/// <summary>One connection to the catalog's file, with its prepared statements. For one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 10_000;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => _handle = handle;

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens the file, which is made when missing, with the settings that all connections share.</summary>
    public static Database Open(string path, int cacheKib) => Open(path, cacheKib, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Opens a file that is there, for reading only.</summary>
    public static Database OpenReadOnly(string path, int cacheKib) => Open(path, cacheKib, raw.SQLITE_OPEN_READONLY);

    private static Database Open(string path, int cacheKib, int mode)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            database.Check(raw.sqlite3_busy_timeout(handle, BusyMilliseconds));
            database.Run($"PRAGMA synchronous = FULL; PRAGMA cache_size = -{cacheKib}; PRAGMA temp_store = MEMORY");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that have no parameters and whose rows do not matter.</summary>
    public void Run(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The statement for a text, prepared once for the connection and ready to be bound.</summary>
    public Statement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
            statement = new Statement(this, prepared);
            _statements.Add(sql, statement);
        }

        statement.Reset();
        return statement;
    }

    /// <summary>The number that a query gives in its first row and column; null when it gives no row, or NULL.</summary>
    public long? Number(string sql)
    {
        var statement = Prepared(sql);
        var number = statement.Step() && !statement.IsNull(0) ? statement.Long(0) : (long?)null;
        statement.Reset();
        return number;
    }

    /// <summary>Ends the open transaction, if there is one, without its changes.</summary>
    public void Rollback()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }

        if (IsInTransaction)
        {
            Run("ROLLBACK");
        }
    }

    /// <summary>Moves what it can from the write-ahead log to the database, without waiting for anybody.</summary>
    /// <returns>The length of the log in pages; zero when it could not be told.</returns>
    public int CheckpointPassively()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out _);
        return IsBusy(code) ? 0 : Math.Max(pages, 0);
    }

    /// <summary>Empties the write-ahead log; the writer and, for so long, readers of older snapshots are waited for.</summary>
    /// <returns>Whether the log is empty now.</returns>
    public bool TryEmptyLog(int milliseconds)
    {
        Check(raw.sqlite3_busy_timeout(_handle, milliseconds));
        return !IsBusy(raw.sqlite3_wal_checkpoint_v2(_handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));
    }

    /// <summary>Copies all pages of the snapshot that this connection holds into another database, so many at a time.</summary>
    public void CopyTo(Database target, int pagesAtATime, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var copy = raw.sqlite3_backup_init(target._handle, "main", _handle, "main");
        if (copy.IsInvalid)
        {
            throw target.Failure(raw.sqlite3_errcode(target._handle));
        }

        int code;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(copy, pagesAtATime);
            target.Check(code);
            var pages = raw.sqlite3_backup_pagecount(copy);
            progress?.Report(pages == 0 ? 1 : 1 - ((double)raw.sqlite3_backup_remaining(copy) / pages));
        }
        while (code != raw.SQLITE_DONE);
    }

    private bool IsBusy(int code)
    {
        if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return true;
        }

        Check(code);
        return false;
    }

    /// <summary>How many pages the connection has written since this was last asked.</summary>
    public int TakePagesWritten()
    {
        const int cacheWrites = 9;
        Check(raw.sqlite3_db_status(_handle, cacheWrites, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Throws what a result code means, if it is an error.</summary>
    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure(code);
        }
    }

    /// <summary>What a result code means, in the words of the connection's last error.</summary>
    public SqliteFailureException Failure(int code) => new(code, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }
}
