namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>A column that a view reads.</summary>
/// <param name="Relation">The object id of its table or view.</param>
/// <param name="Number">Its number there.</param>
internal readonly record struct BaseColumn(uint Relation, short Number);
