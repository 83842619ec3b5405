namespace Cartulary.Cli.Sources.Sqlite;

/// <summary>A column of a table or view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">Its type as the table's SQL spells it; empty when it has none.</param>
/// <param name="Order">Its place, from 1.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="IsPrimary">Whether it is part of the primary key.</param>
/// <param name="IsForeign">Whether it is part of a foreign key.</param>
/// <param name="DefaultValue">The expression of its default, or null.</param>
internal sealed record SqliteColumn(
    string Name, string DeclaredType, int Order, bool IsNullable, bool IsPrimary, bool IsForeign, string? DefaultValue);
