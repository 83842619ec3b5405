using System.Text.Json.Nodes;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>Tells what a database holds as assets, with every attribute that this source owns and no other.</summary>
/// <param name="names">Where things stand.</param>
/// <param name="withStatistics">Whether counts and sizes are told, which move whenever the database counts again.</param>
internal sealed class PostgresAssets(PostgresNames names, bool withStatistics)
{
    private static readonly Dictionary<string, string> EndOf = new(StringComparer.Ordinal)
    {
        ["Table"] = "table",
        ["TablePartition"] = "tablePartition",
        ["View"] = "view",
        ["MaterialisedView"] = "materialisedView",
    };

    /// <summary>The database.</summary>
    public SourceAsset Database(string? description)
    {
        var attributes = Common(names.DatabaseName, names.Database);
        attributes["description"] = description;
        return new("Database", names.Database, attributes);
    }

    /// <summary>A schema.</summary>
    public SourceAsset Schema(PostgresSchema schema)
    {
        var attributes = InDatabase(schema.Name, names.Schema(schema.Name));
        attributes["description"] = schema.Description;
        attributes["database"] = SourceAsset.Reference("Database", names.Database);
        return new("Schema", names.Schema(schema.Name), attributes);
    }

    /// <summary>A table, view or partition.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="relation">What it is.</param>
    /// <param name="root">The qualified name of the table at the root of a partition; null where that is not crawled.</param>
    public SourceAsset Relation(PostgresSchema schema, PostgresRelation relation, string? root)
    {
        var qualifiedName = names.Relation(schema.Name, relation.Name);
        var attributes = InSchema(relation.Name, qualifiedName, schema);
        attributes["description"] = relation.Description;
        attributes["columnCount"] = relation.ColumnCount;
        AddKind(attributes, relation);
        if (withStatistics)
        {
            attributes["rowCount"] = relation.RowCount;
            attributes["sizeBytes"] = relation.SizeBytes;
        }

        if (relation.TypeName != "TablePartition")
        {
            attributes["atlanSchema"] = SourceAsset.Reference("Schema", names.Schema(schema.Name));
        }
        else if (root is not null)
        {
            attributes["parentTable"] = SourceAsset.Reference("Table", root);
        }

        return new(relation.TypeName, qualifiedName, attributes);
    }

    /// <summary>A column.</summary>
    public SourceAsset Column(PostgresSchema schema, PostgresRelation relation, PostgresColumn column)
    {
        var parent = names.Relation(schema.Name, relation.Name);
        var qualifiedName = QualifiedNames.Below(parent, column.Name);
        var isOfView = relation.TypeName is "View" or "MaterialisedView";
        var attributes = InSchema(column.Name, qualifiedName, schema);
        attributes["tableName"] = isOfView ? null : relation.Name;
        attributes["tableQualifiedName"] = isOfView ? null : parent;
        attributes["viewName"] = isOfView ? relation.Name : null;
        attributes["viewQualifiedName"] = isOfView ? parent : null;
        attributes["description"] = column.Description;
        attributes["dataType"] = column.DataType;
        attributes["order"] = column.Number;
        attributes["isNullable"] = column.IsNullable;
        attributes["isPrimary"] = column.IsPrimary;
        attributes["isForeign"] = column.IsForeign;
        attributes["isIndexed"] = column.IsIndexed;
        attributes["isPartition"] = column.PartitionOrder is not null;
        attributes["partitionOrder"] = column.PartitionOrder;
        attributes["defaultValue"] = column.DefaultValue;
        attributes["maxLength"] = column.MaxLength;
        attributes["precision"] = column.Precision;
        attributes["numericScale"] = column.Scale;
        attributes[EndOf[relation.TypeName]] = SourceAsset.Reference(relation.TypeName, parent);

        // A view may take the name of a dropped table, and its columns those of the table's.
        return new("Column", qualifiedName, attributes) { NoRelations = [.. EndOf.Values.Where(end => end != EndOf[relation.TypeName])] };
    }

    /// <summary>A function or procedure.</summary>
    public SourceAsset Routine(PostgresSchema schema, PostgresRoutine routine)
    {
        var qualifiedName = names.Routine(schema.Name, routine);
        var attributes = InSchema(routine.Name, qualifiedName, schema);
        attributes["description"] = routine.Description;
        attributes["definition"] = routine.Definition;
        attributes["atlanSchema"] = SourceAsset.Reference("Schema", names.Schema(schema.Name));
        return new("Procedure", qualifiedName, attributes);
    }

    /// <summary>The step from the tables and views that a view reads to the view.</summary>
    public SourceAsset Process(PostgresView view, PlacedRelation output, IEnumerable<PlacedRelation> inputs)
    {
        var qualifiedName = QualifiedNames.ProcessOf(output.QualifiedName);
        var attributes = Common(view.Name, qualifiedName);
        attributes["sql"] = view.Definition;
        attributes["inputs"] = new JsonArray([.. inputs.Select(input => SourceAsset.Reference(input.TypeName, input.QualifiedName))]);
        attributes["outputs"] = new JsonArray(SourceAsset.Reference(output.TypeName, output.QualifiedName));
        return new("Process", qualifiedName, attributes);
    }

    /// <summary>The step from the columns that a view's column is made of to that column.</summary>
    /// <param name="view">The view.</param>
    /// <param name="output">The column of the view.</param>
    /// <param name="inputs">The columns that it is made of.</param>
    public SourceAsset ColumnProcess(PlacedRelation view, PlacedColumn output, IEnumerable<PlacedColumn> inputs)
    {
        var qualifiedName = QualifiedNames.ProcessOf(output.QualifiedName);
        var attributes = Common(output.Name, qualifiedName);
        attributes["inputs"] = new JsonArray([.. inputs.Select(input => SourceAsset.Reference("Column", input.QualifiedName))]);
        attributes["outputs"] = new JsonArray(SourceAsset.Reference("Column", output.QualifiedName));
        attributes["process"] = SourceAsset.Reference("Process", QualifiedNames.ProcessOf(view.QualifiedName));
        return new("ColumnProcess", qualifiedName, attributes);
    }

    private static void AddKind(JsonObject attributes, PostgresRelation relation)
    {
        if (relation.TypeName is "View" or "MaterialisedView")
        {
            attributes["definition"] = relation.Definition;
            return;
        }

        attributes["isPartitioned"] = relation.PartitionKey is not null;
        attributes["partitionStrategy"] = relation.PartitionKey;
        attributes["partitionCount"] = relation.PartitionKey is null ? null : relation.PartitionCount;
        attributes["externalLocation"] = relation.ExternalLocation;
        attributes["externalLocationFormat"] = relation.ExternalFormat;
        if (relation.TypeName == "TablePartition")
        {
            attributes["constraint"] = relation.PartitionBound;
        }
    }

    private JsonObject Common(string name, string qualifiedName) => new()
    {
        ["name"] = name,
        ["qualifiedName"] = qualifiedName,
        ["connectorName"] = PostgresSource.Connector,
        ["connectionQualifiedName"] = names.Connection,
    };

    private JsonObject InDatabase(string name, string qualifiedName)
    {
        var attributes = Common(name, qualifiedName);
        attributes["databaseName"] = names.DatabaseName;
        attributes["databaseQualifiedName"] = names.Database;
        return attributes;
    }

    private JsonObject InSchema(string name, string qualifiedName, PostgresSchema schema)
    {
        var attributes = InDatabase(name, qualifiedName);
        attributes["schemaName"] = schema.Name;
        attributes["schemaQualifiedName"] = names.Schema(schema.Name);
        return attributes;
    }
}
