namespace Cartulary.Storage.Sqlite.Connections;

/// <summary>SQLite refused something.</summary>
public sealed class SqliteFailureException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; } = code;
}
