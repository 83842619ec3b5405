namespace Cartulary.Storage.Postgres;

/// <summary>
/// A connection string cannot be read. Why is not told, and no exception is kept that would: that may quote a part of the
/// string, and with it a password.
/// </summary>
public sealed class ConnectionStringException() : IOException(
    "the connection string cannot be read; it looks like Host=db.example.com;Database=cartulary;Username=cartulary;Password=…");
