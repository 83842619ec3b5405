using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Sources.Sqlite;

/// <summary>
/// Tells an SQLite database as assets. The connection is <c>default/sqlite/NAME</c>: made from a name rather than from a
/// time, so that the same database is found again without any state beside the catalog.
/// </summary>
/// <param name="connectionName">The connection's name.</param>
/// <param name="connectionQualifiedName">The connection's qualified name.</param>
/// <param name="databaseName">The database's name.</param>
internal sealed class SqliteSource(string connectionName, string connectionQualifiedName, string databaseName)
{
    private const string SchemaName = "main";

    private readonly string _database = QualifiedNames.Below(connectionQualifiedName, databaseName);
    private readonly string _schema = QualifiedNames.Below(QualifiedNames.Below(connectionQualifiedName, databaseName), SchemaName);

    /// <summary>The source for a file.</summary>
    /// <param name="path">The file; its name without extension is the database's name.</param>
    /// <param name="name">The connection's name, or null for the database's.</param>
    /// <param name="connection">The connection's qualified name, or null for the one made from its name.</param>
    public static SqliteSource For(string path, string? name, string? connection)
    {
        var database = Path.GetFileNameWithoutExtension(path) is { Length: > 0 } stem ? stem : Path.GetFileName(path);
        var connectionName = name ?? connection?[(connection.LastIndexOf('/') + 1)..] ?? database;
        return new(connectionName, connection ?? $"default/sqlite/{QualifiedNames.Segment(connectionName)}", database);
    }

    /// <summary>The database as assets.</summary>
    public SourceScan Scan(ImmutableArray<SqliteRelation> relations)
    {
        var named = relations.Where(relation => relation.Name.Length > 0).ToList();
        var unread = named.Where(relation => relation.Failure is not null).ToList();
        return new(
            Connection(),
            new(_schema, SchemaName, IsEmpty: named.Count == 0),
            [Database(), Schema(), .. named.SelectMany(Assets)],
            unread.Select(relation => QualifiedNames.Below(_schema, relation.Name)).ToFrozenSet(StringComparer.Ordinal),
            [
                .. unread.Select(relation => $"the columns of {relation.Name} are not known: {relation.Failure}"),
                .. relations.Where(relation => relation.Name.Length == 0).Select(_ => "a table without a name was left out"),
                .. named.Where(relation => relation.Columns.Any(column => column.Name.Length == 0))
                    .Select(relation => $"a column without a name was left out of {relation.Name}"),
            ]);
    }

    private SourceAsset Connection() => new("Connection", connectionQualifiedName, new JsonObject
    {
        ["name"] = connectionName,
        ["qualifiedName"] = connectionQualifiedName,
        ["connectorName"] = "sqlite",
    });

    private SourceAsset Database() => new("Database", _database, Common(databaseName, _database));

    private SourceAsset Schema()
    {
        var attributes = Common(SchemaName, _schema);
        AddDatabase(attributes);
        attributes["database"] = SourceAsset.Reference("Database", _database);
        return new("Schema", _schema, attributes);
    }

    private IEnumerable<SourceAsset> Assets(SqliteRelation relation) =>
    [
        Relation(relation),
        .. relation.Columns.Where(column => column.Name.Length > 0).Select(column => Column(relation, column)),
    ];

    private SourceAsset Relation(SqliteRelation relation)
    {
        var qualifiedName = QualifiedNames.Below(_schema, relation.Name);
        var attributes = Common(relation.Name, qualifiedName);
        AddDatabase(attributes);
        AddSchema(attributes);
        if (relation.Failure is null)
        {
            attributes["columnCount"] = relation.Columns.Length;
        }

        if (relation.IsView)
        {
            attributes["definition"] = relation.Definition;
        }

        attributes["atlanSchema"] = SourceAsset.Reference("Schema", _schema);
        return new(relation.IsView ? "View" : "Table", qualifiedName, attributes);
    }

    private SourceAsset Column(SqliteRelation relation, SqliteColumn column)
    {
        var parent = QualifiedNames.Below(_schema, relation.Name);
        var qualifiedName = QualifiedNames.Below(parent, column.Name);
        var type = DeclaredType.Parse(column.DeclaredType);
        var attributes = Common(column.Name, qualifiedName);
        AddDatabase(attributes);
        AddSchema(attributes);
        attributes["tableName"] = relation.IsView ? null : relation.Name;
        attributes["tableQualifiedName"] = relation.IsView ? null : parent;
        attributes["viewName"] = relation.IsView ? relation.Name : null;
        attributes["viewQualifiedName"] = relation.IsView ? parent : null;
        attributes["dataType"] = column.DeclaredType.Length == 0 ? null : column.DeclaredType;
        attributes["order"] = column.Order;
        attributes["isNullable"] = column.IsNullable;
        attributes["isPrimary"] = column.IsPrimary;
        attributes["isForeign"] = column.IsForeign;
        attributes["defaultValue"] = column.DefaultValue;
        attributes["maxLength"] = type.MaxLength;
        attributes["precision"] = type.Precision;
        attributes["numericScale"] = type.Scale;

        // A view may take the name of a dropped table, and its columns those of the table's.
        var (end, otherEnd, parentType) = relation.IsView ? ("view", "table", "View") : ("table", "view", "Table");
        attributes[end] = SourceAsset.Reference(parentType, parent);
        return new("Column", qualifiedName, attributes) { NoRelations = [otherEnd] };
    }

    private JsonObject Common(string name, string qualifiedName) => new()
    {
        ["name"] = name,
        ["qualifiedName"] = qualifiedName,
        ["connectorName"] = "sqlite",
        ["connectionQualifiedName"] = connectionQualifiedName,
    };

    private void AddDatabase(JsonObject attributes)
    {
        attributes["databaseName"] = databaseName;
        attributes["databaseQualifiedName"] = _database;
    }

    private void AddSchema(JsonObject attributes)
    {
        attributes["schemaName"] = SchemaName;
        attributes["schemaQualifiedName"] = _schema;
    }
}
