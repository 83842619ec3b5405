using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cartulary.Load.Driving;
using Cartulary.Load.Workload;
using Cartulary.Storage.Sqlite;
using SQLitePCL;

namespace Cartulary.Load.Bounds;

/// <summary>
/// The bound for creations: the same rows as the server writes, in its schema and with its settings, inserted by prepared
/// statements that know all values beforehand.
/// </summary>
internal sealed class BareDatabase : IDisposable
{
    private const int TablesPerCommit = 3;
    private readonly sqlite3 _handle;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _asset;
    private readonly sqlite3_stmt _revision;
    private readonly sqlite3_stmt _key;
    private readonly sqlite3_stmt _edge;
    private readonly sqlite3_stmt _bump;
    private readonly sqlite3_stmt _touch;
    private readonly sqlite3_stmt _log;
    private readonly byte[] _state;
    private readonly byte[] _logBytes;
    private readonly Random _random = new(7);
    private readonly byte[] _guid = new byte[16];
    private long _assets = TablesPerCommit;
    private long _commits;

    static BareDatabase() => Batteries_V2.Init();

    public BareDatabase(string folder, RowSizes sizes)
    {
        Check(raw.sqlite3_open(Path.Combine(folder, "bound.db"), out _handle));
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
        Run(Schema());
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _asset = Prepare("INSERT INTO asset VALUES (?1, ?2, 5, 1, 1, ?1, ?3, ?3)");
        _revision = Prepare("INSERT INTO revision VALUES (?1, ?1, NULL, ?2, ?3)");
        _key = Prepare("INSERT INTO key VALUES (?1, 1, 5, ?2)");
        _edge = Prepare("INSERT INTO edge VALUES (?1, ?1, 9, ?2, ?1, ?3, NULL, NULL)");
        _bump = Prepare("UPDATE asset SET version = version + 1, updated = ?2 WHERE id = ?1");
        _touch = Prepare("INSERT INTO touch VALUES (?1, ?2, ?2, 0, 1, 1)");
        _log = Prepare("INSERT INTO commit_log VALUES (?1, ?2, 103, ?3, 1700000000000, 1, 'bench', 'api', NULL, '{}', ?4)");
        _state = new byte[sizes.State];
        _logBytes = new byte[sizes.Log];
        _random.NextBytes(_state);
        for (var table = 1; table <= TablesPerCommit; table++)
        {
            InsertAsset(table);
        }
    }

    /// <summary>Inserts so many assets, 100 in each durable commit; the result is how many in a second.</summary>
    public double InsertsPerSecond(int assets)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < assets; i += 100)
        {
            Step(_begin);
            _commits++;
            for (var j = 0; j < 100; j++)
            {
                InsertColumn(++_assets);
            }

            for (var table = 1; table <= TablesPerCommit; table++)
            {
                Bump(table);
            }

            InsertLog(_logBytes);
            Step(_commit);
        }

        return assets / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Durable commits of what a save of one changed asset writes.</summary>
    public Latencies SingleCommits(int count)
    {
        var ticks = new List<long>(count);
        var log = _logBytes.AsSpan(0, _logBytes.Length / 100).ToArray();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Step(_begin);
            _commits++;
            _assets++;
            InsertRevision(_assets);
            Bump(1 + (i % TablesPerCommit));
            InsertLog(log);
            Step(_commit);
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        return new Latencies(ticks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _asset, _revision, _key, _edge, _bump, _touch, _log })
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    private static string Schema()
    {
        var assembly = typeof(SqliteCatalogStore).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.Contains(".Sqlite.Schema.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal));
        return string.Join('\n', scripts.Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }));
    }

    private void InsertColumn(long id)
    {
        InsertRevision(id);
        InsertAsset(id);
        var number = (int)id;
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"default/snowflake/1700000000/ANALYTICS/SALES/{Warehouse.TableName(number / Warehouse.ColumnsPerTable)}/AMOUNT_{number:D7}");
        Span<byte> utf8 = stackalloc byte[128];
        Check(raw.sqlite3_bind_text(_key, 1, utf8[..Encoding.UTF8.GetBytes(name, utf8)]));
        Bind(_key, 2, id);
        Step(_key);
        Bind(_edge, 1, id);
        Bind(_edge, 2, 1 + (id / Warehouse.ColumnsPerTable % TablesPerCommit));
        Bind(_edge, 3, _commits);
        Step(_edge);
    }

    private void InsertAsset(long id)
    {
        Bind(_asset, 1, id);
        BindGuid(_asset, 2, id);
        Bind(_asset, 3, _commits);
        Step(_asset);
    }

    private void InsertRevision(long id)
    {
        Bind(_revision, 1, id);
        Bind(_revision, 2, _commits);
        Check(raw.sqlite3_bind_blob(_revision, 3, _state));
        Step(_revision);
    }

    private void Bump(int table)
    {
        Bind(_bump, 1, table);
        Bind(_bump, 2, _commits);
        Step(_bump);
        Bind(_touch, 1, table);
        Bind(_touch, 2, _commits);
        Step(_touch);
    }

    private void InsertLog(byte[] log)
    {
        Bind(_log, 1, _commits);
        Bind(_log, 2, _commits * 103);
        BindGuid(_log, 3, _commits);
        Check(raw.sqlite3_bind_blob(_log, 4, log));
        Step(_log);
    }

    /// <summary>Guids rise with time, as the server's do.</summary>
    private void BindGuid(sqlite3_stmt statement, int parameter, long number)
    {
        _random.NextBytes(_guid);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(_guid, number);
        Check(raw.sqlite3_bind_blob(statement, parameter, _guid));
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Bind(sqlite3_stmt statement, int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, parameter, value));

    private void Step(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement));
        raw.sqlite3_reset(statement);
    }

    private void Run(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }
}
