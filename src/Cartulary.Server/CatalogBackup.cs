using Cartulary.Core.Query;
using Cartulary.Server.Hosting;
using Cartulary.Storage.Sqlite;
using Cartulary.Storage.Sqlite.Backup;

namespace Cartulary.Server;

/// <summary>Takes a catalog's folder into one file and brings it back. Nothing appears under its final name before it is whole and checked.</summary>
public static class CatalogBackup
{
    /// <summary>
    /// Copies the catalog of a folder, as it is at one moment, into a file; a server may have it open and go on saving. The
    /// copy is checked before it gets its name.
    /// </summary>
    /// <param name="folder">The catalog's folder.</param>
    /// <param name="file">The backup, which must not be there.</param>
    /// <param name="verify">Whether the log is folded and compared with the state, beside the check of the file itself.</param>
    /// <param name="progress">Is told the share that is copied, from 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Stops it; the file is not made then.</param>
    /// <returns>What the verification found; null when it was not wanted.</returns>
    /// <exception cref="IOException">A file cannot be read or written, or the copy is not sound.</exception>
    public static async Task<Verification?> BackUpAsync(
        string folder, string file, bool verify, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var source = CatalogFolder.FileIn(folder);
        if (Path.Exists(file))
        {
            throw new IOException($"{file} is there already");
        }

        var partial = Path.GetFullPath(file) + ".partial";
        DeleteFolder(partial);
        Directory.CreateDirectory(partial);
        try
        {
            var copy = Path.Combine(partial, CatalogFolder.FileName);
            SqliteBackup.Copy(source, copy, progress, cancellationToken);
            var verification = await CheckAsync(partial, verify, cancellationToken);
            ForceToDisk(copy);
            File.Move(copy, file, overwrite: false);
            return verification;
        }
        finally
        {
            DeleteFolder(partial);
        }
    }

    /// <summary>
    /// Makes a catalog of a backup: states, types, keys and log as they were, under a new log id, so that a position of the
    /// old log is refused.
    /// </summary>
    /// <param name="file">The backup.</param>
    /// <param name="folder">The folder of a server that does not run; made when missing.</param>
    /// <param name="replace">Whether a catalog in the folder may be replaced; its file is kept as <c>catalog.db.replaced</c>.</param>
    /// <param name="verify">Whether the log is folded and compared with the state, beside the check of the file itself.</param>
    /// <param name="cancellationToken">Stops it; the folder is as it was then.</param>
    /// <returns>What the verification found; null when it was not wanted.</returns>
    /// <exception cref="IOException">The folder holds a catalog, or a server uses it; a file cannot be read or written, or the backup is not sound.</exception>
    public static async Task<Verification?> RestoreAsync(
        string file, string folder, bool replace, bool verify, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder, CatalogFolder.FileName);
        if (!replace && File.Exists(target))
        {
            throw new IOException($"{folder} holds a catalog already");
        }

        Directory.CreateDirectory(folder);
        using var _ = SqliteCatalogStore.Reserve(target);
        var partial = Path.Combine(Path.GetFullPath(folder), "restoring");
        DeleteFolder(partial);
        Directory.CreateDirectory(partial);
        try
        {
            var copy = Path.Combine(partial, CatalogFolder.FileName);
            File.Copy(file, copy);
            SqliteBackup.RenameLog(copy, new RandomIds(TimeProvider.System).NewGuid());
            var verification = await CheckAsync(partial, verify, cancellationToken);
            ForceToDisk(copy);
            SetAside(target);
            File.Move(copy, target, overwrite: false);
            return verification;
        }
        finally
        {
            DeleteFolder(partial);
        }
    }

    private static async Task<Verification?> CheckAsync(string folder, bool verify, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, CatalogFolder.FileName);
        var faults = SqliteBackup.Check(file);
        if (faults.Count > 0)
        {
            throw new IOException($"the copy is not sound: {string.Join("; ", faults)}");
        }

        if (!verify)
        {
            return null;
        }

        var verification = await CatalogFolder.VerifyAsync(folder, progress: null, cancellationToken);
        SqliteBackup.Finish(file);
        return verification.Faults.IsEmpty
            ? verification
            : throw new IOException($"the copy's log and state do not agree: {string.Join("; ", verification.Faults)}");
    }

    /// <summary>The file first: its write-ahead log alone is nothing, and SQLite takes it for nothing beside a new file.</summary>
    private static void SetAside(string target)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(target + suffix))
            {
                File.Move(target + suffix, $"{target}.replaced{suffix}", overwrite: true);
            }
            else
            {
                File.Delete($"{target}.replaced{suffix}");
            }
        }
    }

    private static void ForceToDisk(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
