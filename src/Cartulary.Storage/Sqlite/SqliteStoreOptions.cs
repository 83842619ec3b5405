using System.ComponentModel.DataAnnotations;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Sqlite;

/// <summary>How a catalog is kept in one SQLite file.</summary>
public sealed class SqliteStoreOptions : StoreOptions
{
    /// <summary>The path of the database file; it and its folder are made when missing. Files beside it share its name.</summary>
    [Required]
    public required string Path { get; init; }

    /// <summary>Memory for pages of the connection that writes, in KiB. The default is 65,536 (64 MiB).</summary>
    [Range(1_024, 16_777_216)]
    public int WriterCacheKib { get; init; } = 65_536;

    /// <summary>Memory for pages of each connection that reads, in KiB. The default is 8,192 (8 MiB).</summary>
    [Range(256, 16_777_216)]
    public int ReaderCacheKib { get; init; } = 8_192;
}
