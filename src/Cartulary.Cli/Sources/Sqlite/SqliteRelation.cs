using System.Collections.Immutable;

namespace Cartulary.Cli.Sources.Sqlite;

/// <summary>A table or view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsView">Whether it is a view.</param>
/// <param name="Definition">The SQL of a view; null for a table.</param>
/// <param name="Columns">Its columns in order; empty when they could not be read.</param>
/// <param name="Failure">Why its columns could not be read, or null.</param>
internal sealed record SqliteRelation(
    string Name, bool IsView, string? Definition, ImmutableArray<SqliteColumn> Columns, string? Failure);
