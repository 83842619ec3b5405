using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes and reads the catalog's settings: one of the single facts beside the log.</summary>
internal static class SettingsRow
{
    private const string Key = "ignored_attributes";

    private const string Upsert =
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    private const string Find = "SELECT value FROM meta WHERE key = ?1";

    public static void Write(Database database, CatalogSettings settings) =>
        database.Prepared(Upsert).Bind(1, Key).BindText(2, StoredJson.Write(settings.IgnoredAttributes)).Execute();

    public static CatalogSettings Read(Database database)
    {
        var find = database.Prepared(Find).Bind(1, Key);
        if (!find.Step())
        {
            return CatalogSettings.Default with { Deletions = JobRows.ReadRunning(database) };
        }

        var settings = new CatalogSettings(StoredJson.ReadNames(find.Blob(0)));
        find.Reset();
        return settings with { Deletions = JobRows.ReadRunning(database) };
    }
}
