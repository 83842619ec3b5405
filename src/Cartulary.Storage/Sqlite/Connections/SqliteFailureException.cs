using Cartulary.Core.Ports;
using SQLitePCL;

namespace Cartulary.Storage.Sqlite.Connections;

/// <summary>SQLite refused something.</summary>
public sealed class SqliteFailureException(int code, string message) : StoreFailureException(TroubleOf(code), $"SQLite error {code}: {message}")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; } = code;

    private static StoreTrouble TroubleOf(int code) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => StoreTrouble.Full,
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => StoreTrouble.ReadOnly,
        raw.SQLITE_IOERR => StoreTrouble.Failing,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreTrouble.Damaged,
        _ => StoreTrouble.Other,
    };
}
