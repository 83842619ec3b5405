using System.Collections.Immutable;
using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>How tables and views are asked for, and their rows read.</summary>
internal static class RelationRow
{
    /// <summary>A page, by the schema's id, whether partitions are wanted, the last name of the page before, and its size.</summary>
    public const string Statement =
        """
        SELECT c.oid, c.relname::text, c.relkind::text, c.relispartition, obj_description(c.oid, 'pg_class'),
          (SELECT count(*)::int FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
          CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
          pg_get_partkeydef(c.oid),
          CASE WHEN c.relkind = 'p' THEN (SELECT count(*)::int FROM pg_inherits AS i WHERE i.inhparent = c.oid) ELSE 0 END,
          pg_get_expr(c.relpartbound, c.oid),
          CASE WHEN c.relispartition THEN coalesce(pg_partition_root(c.oid)::oid, 0::oid) ELSE 0::oid END,
          s.srvname::text, w.fdwname::text, f.ftoptions,
          CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END,
          CASE WHEN c.reltuples >= 0 THEN c.relpages::bigint * current_setting('block_size')::bigint END
        FROM pg_class AS c
        LEFT JOIN pg_foreign_table AS f ON f.ftrelid = c.oid
        LEFT JOIN pg_foreign_server AS s ON s.oid = f.ftserver
        LEFT JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
        WHERE c.relnamespace = $1 AND c.relispartition = $2 AND c.relname > $3::name
          AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't'
        ORDER BY c.relname
        LIMIT $4
        """;

    // Options may hold secrets; these say where the rows are.
    private static readonly ImmutableArray<string> PlaceOptions = ["schema", "schema_name", "table", "table_name", "filename"];

    /// <summary>Reads a row.</summary>
    public static PostgresRelation Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetFieldValue<uint>(0),
        Name = row.GetString(1),
        TypeName = row.GetBoolean(3) ? "TablePartition" : TypeName(row.GetString(2)),
        Description = row.TextOrNull(4),
        ColumnCount = row.GetInt32(5),
        Definition = row.TextOrNull(6),
        PartitionKey = row.TextOrNull(7),
        PartitionCount = row.GetInt32(8),
        PartitionBound = row.TextOrNull(9),
        Root = row.GetFieldValue<uint>(10),
        ExternalLocation = row.IsDBNull(11) ? null : Location(row.GetString(11), row.IsDBNull(13) ? [] : row.GetFieldValue<string[]>(13)),
        ExternalFormat = row.TextOrNull(12),
        RowCount = row.LongOrNull(14),
        SizeBytes = row.LongOrNull(15),
    };

    private static string TypeName(string kind) => kind switch
    {
        "v" => "View",
        "m" => "MaterialisedView",
        _ => "Table",
    };

    private static string Location(string server, string[] options) => string.Join('/', options
        .Select(option => option.Split('=', 2))
        .Where(option => option.Length == 2 && PlaceOptions.Contains(option[0]))
        .OrderBy(option => PlaceOptions.IndexOf(option[0]))
        .Select(option => option[1])
        .Prepend(server));
}
