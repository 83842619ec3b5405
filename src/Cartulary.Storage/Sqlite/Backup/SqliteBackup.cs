using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Backup;

/// <summary>
/// Copies a catalog's file as it is at one moment, whether or not a server has it open. The server goes on saving: the copy
/// is made from a snapshot of its own, in another process or in the same one.
/// </summary>
public static class SqliteBackup
{
    private const int PagesAtATime = 2_048;
    private const int CacheKib = 2_048;

    /// <summary>Copies the catalog of one file into another, which must not be there.</summary>
    /// <param name="source">The catalog's file.</param>
    /// <param name="target">The copy.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Stops the copying; what is there of the copy is of no use then.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Copy(string source, string target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RequireMissing(target);
        Guarded(source, () =>
        {
            using var from = Database.Open(source, CacheKib);
            using var to = Database.Open(target, CacheKib);

            // The snapshot is held from the first read on, so saves in between do not make the copying begin again.
            from.Run("BEGIN");
            from.Number("SELECT count(*) FROM meta");
            from.CopyTo(to, PagesAtATime, progress, cancellationToken);
            from.Run("ROLLBACK");
            MakeOneFile(to);
        });
    }

    /// <summary>Makes a whole file of a database that has been open: its write-ahead log is taken in and goes away.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Finish(string path) => Guarded(path, () =>
    {
        using var database = Database.Open(path, CacheKib);
        MakeOneFile(database);
    });

    /// <summary>What SQLite finds wrong with a file; empty when it is sound.</summary>
    /// <exception cref="IOException">The file is no catalog.</exception>
    public static IReadOnlyList<string> Check(string path) => Guarded(path, () =>
    {
        using var database = Database.Open(path, CacheKib);
        var faults = new List<string>();
        var check = database.Prepared("PRAGMA integrity_check");
        while (check.Step())
        {
            faults.Add(check.Text(0));
        }

        check.Reset();
        database.Number("SELECT count(*) FROM meta WHERE key = 'log_id'");
        return faults is ["ok"] ? [] : faults;
    });

    /// <summary>Gives the log of a closed catalog a new id, so that positions in the old one are refused.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void RenameLog(string path, Guid logId) => Guarded(path, () =>
    {
        using var database = Database.Open(path, CacheKib);
        database.Prepared("INSERT INTO meta (key, value) VALUES ('log_id', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
            .Bind(1, logId.ToString("D")).Execute();
    });

    private static void MakeOneFile(Database database) => database.Run("PRAGMA journal_mode = DELETE");

    private static void RequireMissing(string target)
    {
        if (File.Exists(target))
        {
            throw new IOException($"{target} is there already");
        }
    }

    private static void Guarded(string path, Action act) => Guarded(path, () =>
    {
        act();
        return true;
    });

    // Whatever SQLite says of a file that a user named is about that file, not a mistake of the program.
    private static T Guarded<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteFailureException failure)
        {
            throw new IOException($"{path}: {failure.Message}", failure);
        }
    }
}
