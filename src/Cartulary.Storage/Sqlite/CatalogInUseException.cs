namespace Cartulary.Storage.Sqlite;

/// <summary>The catalog's file is open in another process, or in another store of this one.</summary>
public sealed class CatalogInUseException(string path, Exception inner)
    : IOException($"The catalog {path} is in use by another process. Stop that process first, or choose another data folder.", inner);
