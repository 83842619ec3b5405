using System.Collections.Immutable;
using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// What the system catalog of a database says, page by page and in order of name. The catalog itself is asked rather than
/// information_schema, which hides what the user may not touch: a right that is taken away would look like a dropped table.
/// </summary>
internal sealed class PostgresCatalog(PostgresSession session, PostgresLimits limits)
{
    private const string Databases =
        """
        SELECT datname::text FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname
        """;

    private const string CurrentDatabase =
        """
        SELECT datname::text, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
        """;

    // Names that begin with pg_ belong to the system, temporary tables included.
    private const string Schemas =
        """
        SELECT oid, nspname::text, obj_description(oid, 'pg_namespace')
        FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
        ORDER BY nspname
        """;

    private const string Routines =
        """
        SELECT p.oid, p.proname::text, oidvectortypes(p.proargtypes), coalesce(pg_get_functiondef(p.oid), p.prosrc), obj_description(p.oid, 'pg_proc')
        FROM pg_proc AS p
        WHERE p.pronamespace = $1 AND p.prokind <> 'a' AND (p.proname, p.oid) > ($2::name, $3)
          AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        ORDER BY p.proname, p.oid
        LIMIT $4
        """;

    // A view depends on its rule, and the rule on all that the query names.
    private const string Views =
        """
        SELECT c.oid, c.relname::text, coalesce(pg_get_viewdef(c.oid), ''), r.ev_action::text, ARRAY(
            SELECT DISTINCT d.refobjid
            FROM pg_depend AS d
            WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
            ORDER BY d.refobjid)
        FROM pg_class AS c
        JOIN pg_rewrite AS r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
        WHERE c.relnamespace = $1 AND c.relkind IN ('v', 'm') AND c.relname > $2::name
        ORDER BY c.relname
        LIMIT $3
        """;

    private const string ColumnNames =
        """
        SELECT a.attrelid, a.attnum, a.attname::text
        FROM unnest($1, $2) AS wanted (relation, number)
        JOIN pg_attribute AS a ON a.attrelid = wanted.relation AND a.attnum = wanted.number
        """;

    /// <summary>The names of the databases that can be connected to.</summary>
    public Task<ImmutableArray<string>> DatabasesAsync(CancellationToken cancellationToken) =>
        session.ReadAsync(Databases, static row => row.GetString(0), cancellationToken);

    /// <summary>The name and comment of the database.</summary>
    public async Task<(string Name, string? Description)> DatabaseAsync(CancellationToken cancellationToken) =>
        (await session.ReadAsync(CurrentDatabase, static row => (row.GetString(0), row.TextOrNull(1)), cancellationToken)).Single();

    /// <summary>All schemas but the system's.</summary>
    public Task<ImmutableArray<PostgresSchema>> SchemasAsync(CancellationToken cancellationToken) =>
        session.ReadAsync(Schemas, static row => new PostgresSchema(row.GetFieldValue<uint>(0), row.GetString(1), row.TextOrNull(2)), cancellationToken);

    /// <summary>A page of a schema's tables and views, or of its partitions.</summary>
    public Task<ImmutableArray<PostgresRelation>> RelationsAsync(PostgresSchema schema, bool partitions, string after, CancellationToken cancellationToken) =>
        session.ReadAsync(RelationRow.Statement, RelationRow.Read, cancellationToken, schema.Id, partitions, after, limits.Page);

    /// <summary>The columns of these tables and views, those of one together and in order.</summary>
    public Task<ImmutableArray<PostgresColumn>> ColumnsAsync(IEnumerable<uint> relations, CancellationToken cancellationToken) =>
        session.ReadAsync(ColumnRow.Statement, ColumnRow.Read, cancellationToken, relations.ToArray());

    /// <summary>A page of a schema's functions and procedures. Those of extensions and aggregates are left out.</summary>
    public Task<ImmutableArray<PostgresRoutine>> RoutinesAsync(PostgresSchema schema, PostgresRoutine? after, CancellationToken cancellationToken) =>
        session.ReadAsync(
            Routines,
            static row => new PostgresRoutine(row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4)),
            cancellationToken,
            schema.Id,
            after?.Name ?? "",
            after?.Id ?? 0u,
            limits.Page);

    /// <summary>A page of a schema's views with what they are made of.</summary>
    public Task<ImmutableArray<PostgresView>> ViewsAsync(PostgresSchema schema, string after, CancellationToken cancellationToken) =>
        session.ReadAsync(Views, ReadView, cancellationToken, schema.Id, after, Math.Max(limits.Page / 5, 1));

    /// <summary>The names of single columns.</summary>
    public Task<ImmutableArray<(uint Relation, short Number, string Name)>> ColumnNamesAsync(uint[] relations, short[] numbers, CancellationToken cancellationToken) =>
        session.ReadAsync(
            ColumnNames, static row => (row.GetFieldValue<uint>(0), row.GetInt16(1), row.GetString(2)), cancellationToken, relations, numbers);

    private static PostgresView ReadView(NpgsqlDataReader row) =>
        new(row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetString(3), [.. row.GetFieldValue<uint[]>(4)]);
}
