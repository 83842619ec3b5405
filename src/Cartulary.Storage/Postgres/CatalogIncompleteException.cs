namespace Cartulary.Storage.Postgres;

/// <summary>A catalog is being carried to the place in the database and is not whole there, or not checked.</summary>
public sealed class CatalogIncompleteException(string place) : IOException(
    $"The catalog {place} is being carried there from a file and is not complete. Run the same `cartulary migrate` again, which goes on, or empty the schema.");
