namespace Cartulary.Storage.Sqlite;

/// <summary>Holds a catalog's file for one store: SQLite itself would let a second process write, behind the first one's memory.</summary>
internal sealed class StoreLock : IDisposable
{
    // How the runtime reports a file that another handle holds: on Linux, on macOS, on Windows.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or fails at once.</summary>
    /// <exception cref="CatalogInUseException">Another store holds it.</exception>
    public static StoreLock Take(string databasePath)
    {
        try
        {
            return new StoreLock(new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (HeldByAnother.Contains(failure.HResult))
        {
            throw new CatalogInUseException(databasePath, failure);
        }
    }

    /// <summary>Gives the lock back; the empty file stays, because removing it could take another store's lock away.</summary>
    public void Dispose() => _file.Dispose();
}
