using System.Globalization;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Schemas;
using Cartulary.Storage.Sqlite;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Migration;

/// <summary>A catalog's file that is read for as long as this lives: nobody else can open it, and it is not written to.</summary>
internal sealed class SqliteSource : IDisposable
{
    private const int CacheKib = 8_192;
    private const string LogId = "SELECT value FROM meta WHERE key = 'log_id'";
    private const string LastSave = "SELECT save_id FROM commit_log ORDER BY n DESC LIMIT 1";
    private readonly IDisposable _lock;
    private readonly Database _database;
    private readonly VersionSearch _versions;

    private SqliteSource(IDisposable fileLock, Database database, string path)
    {
        _lock = fileLock;
        _database = database;
        _versions = new VersionSearch(database);
        Schema = RequireSchema(path);
        Log = ReadLogId(path);
        Counters = WriteTurn.ReadCounters(database, Log);
        SaveId = ReadLastSave();
        SweptCommit = database.Number("SELECT swept_commit FROM retention") ?? 0;
        SweptIndex = (int)(database.Number("SELECT swept_idx FROM retention") ?? 0);
    }

    /// <summary>The id of the log.</summary>
    public Guid Log { get; }

    /// <summary>The last numbers given.</summary>
    public Counters Counters { get; }

    /// <summary>The last commit's save; null before the first.</summary>
    public Guid? SaveId { get; }

    /// <summary>The last commit of which all that trimmed events leave behind has been removed.</summary>
    public long SweptCommit { get; }

    /// <summary>Of how many events of the next commit it has been removed too.</summary>
    public int SweptIndex { get; }

    /// <summary>The number of the file's schema.</summary>
    public long Schema { get; }

    /// <summary>Two copies of a file that give the same text hold the same, but for API keys.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"log {Log:D} commit {Counters.Commit} save {SaveId:D} sequence {Counters.Sequence} oldest {Counters.Oldest} swept {SweptCommit}/{SweptIndex} schema {Schema}");

    /// <summary>Takes the file's lock and a snapshot.</summary>
    /// <exception cref="CatalogInUseException">A server has it open.</exception>
    /// <exception cref="IOException">It cannot be read, or is no catalog of this version.</exception>
    public static SqliteSource Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is not there", path);
        }

        var fileLock = SqliteCatalogStore.Reserve(path);
        Database? database = null;
        try
        {
            database = Database.OpenReadOnly(path, CacheKib);
            database.Run("BEGIN");
            return new SqliteSource(fileLock, database, path);
        }
        catch (SqliteFailureException failure)
        {
            database?.Dispose();
            fileLock.Dispose();
            throw new IOException($"{path} cannot be read: {failure.Message}", failure);
        }
        catch
        {
            database?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a table after so many, for one walk at a time.</summary>
    public SourceRow Rows(CopyTable table, long after) => new(_database.Prepared(table.Select).Bind(1, after), _versions);

    /// <summary>How many rows a table has.</summary>
    public long Count(CopyTable table) => _database.Number(table.CountSource) ?? 0;

    public void Dispose()
    {
        _database.Dispose();
        _lock.Dispose();
    }

    private long RequireSchema(string path)
    {
        var (found, known) = (_database.Number("PRAGMA user_version") ?? 0, SchemaScripts.In("Sqlite").Length);
        return found == known ? found
            : found > known ? throw new UnknownSchemaException(path, found, known)
            : throw new IOException($"{path} was written by an older version: start this version's server on it once, and stop it again");
    }

    private Guid ReadLogId(string path)
    {
        var find = _database.Prepared(LogId);
        var id = find.Step() ? Guid.Parse(find.Text(0)) : throw new IOException($"{path} is no catalog: its log has no id");
        find.Reset();
        return id;
    }

    private Guid? ReadLastSave()
    {
        var find = _database.Prepared(LastSave);
        var save = find.Step() ? find.Guid(0) : (Guid?)null;
        find.Reset();
        return save;
    }
}
