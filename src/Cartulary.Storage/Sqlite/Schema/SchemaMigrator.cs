using Cartulary.Storage.Schemas;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Schema;

/// <summary>
/// Brings a database to the newest schema: runs the numbered scripts beside this file that it has not run yet, each in a
/// transaction of its own together with its number, which SQLite keeps in the file's header.
/// </summary>
internal static class SchemaMigrator
{
    /// <summary>The scripts of a catalog's file.</summary>
    public const string Catalog = "Sqlite";

    /// <summary>The scripts of the file that deliveries are kept in.</summary>
    public const string Delivery = "Sqlite.Delivery";

    /// <summary>Runs what is missing of the scripts in a folder.</summary>
    /// <returns>The schema found before and the schema now.</returns>
    /// <exception cref="UnknownSchemaException">The database has a schema that is newer than all scripts.</exception>
    public static (long Before, long Now) Migrate(Database database, string path, string folder = Catalog)
    {
        var scripts = SchemaScripts.In(folder);
        var before = database.Number("PRAGMA user_version") ?? 0;
        if (before > scripts.Length)
        {
            throw new UnknownSchemaException(path, before, scripts.Length);
        }

        for (var number = before; number < scripts.Length; number++)
        {
            database.Run($"BEGIN IMMEDIATE; {scripts[number]}; PRAGMA user_version = {number + 1}; COMMIT");
        }

        return (before, scripts.Length);
    }
}
