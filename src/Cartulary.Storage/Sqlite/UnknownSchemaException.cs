namespace Cartulary.Storage.Sqlite;

/// <summary>The catalog's file was written by a newer version of the program.</summary>
public sealed class UnknownSchemaException(string path, long found, long known)
    : Exception($"The catalog {path} has schema {found}, and this version of the program knows schemas up to {known}. Use a newer version.");
