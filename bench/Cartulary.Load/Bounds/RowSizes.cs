using SQLitePCL;

namespace Cartulary.Load.Bounds;

/// <summary>How large the rows are that the server writes for the assets of this bench.</summary>
/// <param name="State">Bytes of an asset's state.</param>
/// <param name="Log">Bytes of the log of the last commit.</param>
internal sealed record RowSizes(int State, int Log)
{
    /// <summary>Reads them from the catalog of a server that runs.</summary>
    public static RowSizes Read(string folder)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(Path.Combine(folder, "catalog.db"), out var handle, raw.SQLITE_OPEN_READWRITE, null);
        using (handle)
        {
            return code == raw.SQLITE_OK
                ? new RowSizes(
                    Number(handle, "SELECT CAST(avg(length(state)) AS INTEGER) FROM revision"),
                    Number(handle, "SELECT length(log) FROM commit_log ORDER BY n DESC LIMIT 1"))
                : throw new InvalidOperationException(raw.sqlite3_errmsg(handle).utf8_to_string());
        }
    }

    private static int Number(sqlite3 handle, string sql)
    {
        raw.sqlite3_prepare_v2(handle, sql, out var statement);
        using (statement)
        {
            return raw.sqlite3_step(statement) == raw.SQLITE_ROW
                ? raw.sqlite3_column_int(statement, 0)
                : throw new InvalidOperationException($"No row: {sql}");
        }
    }
}
