using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Schema;

/// <summary>
/// Brings a database to the newest schema: runs the numbered scripts beside this file that it has not run yet, each in a
/// transaction of its own together with its number, which SQLite keeps in the file's header.
/// </summary>
internal static class SchemaMigrator
{
    private const string Prefix = "Cartulary.Storage.Sqlite.Schema.";

    /// <summary>Runs what is missing.</summary>
    /// <returns>The schema found before and the schema now.</returns>
    /// <exception cref="UnknownSchemaException">The database has a schema that is newer than all scripts.</exception>
    public static (long Before, long Now) Migrate(Database database, string path)
    {
        var scripts = Scripts();
        var before = database.Number("PRAGMA user_version") ?? 0;
        if (before > scripts.Length)
        {
            throw new UnknownSchemaException(path, before, scripts.Length);
        }

        for (var number = before; number < scripts.Length; number++)
        {
            database.Run($"BEGIN IMMEDIATE; {Read(scripts[number])}; PRAGMA user_version = {number + 1}; COMMIT");
        }

        return (before, scripts.Length);
    }

    /// <summary>The scripts by number; the first has number 1, and none may be missing.</summary>
    private static string[] Scripts()
    {
        var names = Array.FindAll(
            typeof(SchemaMigrator).Assembly.GetManifestResourceNames(),
            name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal));
        Array.Sort(names, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (!names[i].AsSpan(Prefix.Length).StartsWith($"{i + 1:0000}-", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The schema scripts must be numbered without gaps: {names[i]}.");
            }
        }

        return names;
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SchemaMigrator).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
