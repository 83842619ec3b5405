namespace Cartulary.Cli.Sources.Postgres;

/// <summary>Where things of one database stand in the catalog.</summary>
/// <param name="Connection">The qualified name of the connection.</param>
/// <param name="DatabaseName">The name of the database.</param>
internal sealed record PostgresNames(string Connection, string DatabaseName)
{
    /// <summary>The database.</summary>
    public string Database { get; } = QualifiedNames.Below(Connection, DatabaseName);

    /// <summary>A schema.</summary>
    public string Schema(string schema) => QualifiedNames.Below(Database, schema);

    /// <summary>A table, view or partition.</summary>
    public string Relation(string schema, string relation) => QualifiedNames.Below(Schema(schema), relation);

    /// <summary>A function or procedure: the types of its arguments belong to its name.</summary>
    public string Routine(string schema, PostgresRoutine routine) =>
        QualifiedNames.Below($"{Schema(schema)}/_procedures_", $"{routine.Name}({routine.Arguments})");
}
