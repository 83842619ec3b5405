using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Cartulary.Cli.Sources.Sqlite;

/// <summary>
/// Reads the tables, views and columns of an SQLite database in one read-only transaction, sorted by name. The file is never
/// written to, and it is let go before anything is sent, so a slow server holds up nobody who writes to it.
/// </summary>
internal static class SqliteFile
{
    private const int Error = 1;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;
    private const int HiddenColumn = 1;

    // Shadow tables are how a virtual table keeps its data, and names with sqlite_ belong to SQLite itself.
    private const string Relations = """
        SELECT l.name, l.type = 'view', s.sql
        FROM pragma_table_list AS l
        LEFT JOIN main.sqlite_schema AS s ON s.type = 'view' AND s.name = l.name
        WHERE l.schema = 'main' AND l.type IN ('table', 'view', 'virtual') AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
        ORDER BY l.name
        """;

    private const string Columns = """
        SELECT name, type, "notnull", dflt_value, pk, hidden, cid FROM pragma_table_xinfo($name, 'main') ORDER BY cid
        """;

    private const string ForeignKeyColumns = """SELECT DISTINCT "from" FROM pragma_foreign_key_list($name, 'main')""";

    private const string PrimaryKeyIndexes = "SELECT count(*) FROM pragma_index_list($name, 'main') WHERE origin = 'pk'";

    /// <summary>Every table and view of the database's main schema.</summary>
    /// <exception cref="SourceException">The file is not there, is not an SQLite database, or cannot be read.</exception>
    public static ImmutableArray<SqliteRelation> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SourceException($"there is no file {path}");
        }

        try
        {
            using var connection = Open(path);
            using var transaction = connection.BeginTransaction(deferred: true);
            return [.. ReadRelations(connection).Select(relation => Complete(connection, relation))];
        }
        catch (SqliteException failure)
        {
            throw new SourceException(failure.SqliteErrorCode switch
            {
                NoDatabase => $"{path} is not an SQLite database, or it is encrypted",
                CannotOpen => $"{path} cannot be opened; check that you may read the file and its folder",
                _ => $"{path} cannot be read: {Reason(failure)}",
            });
        }
    }

    private static SqliteConnection Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    private static List<SqliteRelation> ReadRelations(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Relations;
        using var reader = command.ExecuteReader();
        var relations = new List<SqliteRelation>();
        while (reader.Read())
        {
            var definition = reader.IsDBNull(2) ? null : reader.GetString(2);
            relations.Add(new(reader.GetString(0), reader.GetBoolean(1), definition, [], null));
        }

        return relations;
    }

    // A view over a table that is gone, or a virtual table of an unknown module, has no columns that could be known.
    private static SqliteRelation Complete(SqliteConnection connection, SqliteRelation relation)
    {
        try
        {
            return relation with { Columns = ReadColumns(connection, relation.Name) };
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == Error)
        {
            return relation with { Failure = Reason(failure) };
        }
    }

    // The library wraps SQLite's own words in its own and in quotes.
    private static string Reason(SqliteException failure)
    {
        var (start, end) = (failure.Message.IndexOf('\''), failure.Message.LastIndexOf('\''));
        return end > start ? failure.Message[(start + 1)..end] : failure.Message;
    }

    private static ImmutableArray<SqliteColumn> ReadColumns(SqliteConnection connection, string relation)
    {
        var foreign = ReadForeignKeyColumns(connection, relation);
        var isRowIdTable = CountPrimaryKeyIndexes(connection, relation) == 0;
        using var command = Ask(connection, Columns, relation);
        using var reader = command.ExecuteReader();
        var columns = ImmutableArray.CreateBuilder<SqliteColumn>();
        while (reader.Read())
        {
            if (reader.GetInt32(5) == HiddenColumn)
            {
                continue;
            }

            var (name, type, isPrimary) = (reader.GetString(0), reader.GetString(1), reader.GetInt32(4) > 0);
            columns.Add(new(
                name,
                type,
                reader.GetInt32(6) + 1,
                IsNullable: !reader.GetBoolean(2) && !(isPrimary && isRowIdTable && IsInteger(type)),
                isPrimary,
                foreign.Contains(name),
                reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        return columns.ToImmutable();
    }

    // INTEGER PRIMARY KEY is another name for the rowid, which is never NULL. It has no index of its own, unlike every other key.
    private static bool IsInteger(string type) => type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> ReadForeignKeyColumns(SqliteConnection connection, string relation)
    {
        using var command = Ask(connection, ForeignKeyColumns, relation);
        using var reader = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private static long CountPrimaryKeyIndexes(SqliteConnection connection, string relation)
    {
        using var command = Ask(connection, PrimaryKeyIndexes, relation);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteCommand Ask(SqliteConnection connection, string sql, string relation)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$name", relation);
        return command;
    }
}
