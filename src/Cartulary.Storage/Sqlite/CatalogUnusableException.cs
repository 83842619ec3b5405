using Cartulary.Core.Ports;

namespace Cartulary.Storage.Sqlite;

/// <summary>A catalog's file cannot be opened; the message says what an operator can do.</summary>
public sealed class CatalogUnusableException : IOException
{
    /// <summary>SQLite cannot use the file.</summary>
    public CatalogUnusableException(string path, StoreFailureException failure)
        : base($"{Reason(path, failure.Trouble)} ({failure.Message})", failure)
    {
    }

    /// <summary>The file system does not let the folder be made or written to.</summary>
    public CatalogUnusableException(string path, Exception failure)
        : base($"The folder of the catalog {path} cannot be made or written to: {failure.Message}", failure)
    {
    }

    private static string Reason(string path, StoreTrouble trouble) => trouble switch
    {
        StoreTrouble.Damaged => $"The catalog {path} is damaged, or the file is none: restore it from a backup, or choose another data folder",
        StoreTrouble.Full => $"There is no room left for the catalog {path}",
        StoreTrouble.ReadOnly => $"The catalog {path} may not be written to: give the server's user the right, or choose another data folder",
        _ => $"The catalog {path} cannot be opened",
    };
}
