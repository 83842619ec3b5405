namespace Cartulary.Storage.Sqlite.Connections;

/// <summary>SQLite refused something.</summary>
public sealed class SqliteFailureException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The result code without its details, for example 19 for a violated constraint.</summary>
    public int PrimaryCode => Code & 0xFF;
}
