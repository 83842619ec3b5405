using System.Text;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Writes and reads the rows of the catalog's settings.</summary>
internal static class SettingRows
{
    /// <summary>Finds what <see cref="Read"/> reads; no row when nothing was ever written.</summary>
    public const string Find = $"SELECT value FROM setting WHERE name = '{IgnoredAttributes}'";

    private const string IgnoredAttributes = "ignored_attributes";

    private const string UpsertSetting =
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    public static NpgsqlBatchCommand Upsert(CatalogSettings settings) =>
        Sql.Command(UpsertSetting, Sql.Of(IgnoredAttributes), Sql.Of(Encoding.UTF8.GetString(StoredJson.Write(settings.IgnoredAttributes))));

    public static CatalogSettings Read(NpgsqlDataReader row) => new(StoredJson.ReadNames(row.GetFieldValue<byte[]>(0)));
}
