namespace Cartulary.Storage.Schemas;

/// <summary>The catalog was written by a newer version of the program.</summary>
public sealed class UnknownSchemaException(string catalog, long found, long known)
    : Exception($"The catalog {catalog} has schema {found}, and this version of the program knows schemas up to {known}. Use a newer version.");
