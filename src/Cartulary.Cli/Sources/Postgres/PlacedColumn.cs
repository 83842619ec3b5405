namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A column that was sent, as others refer to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="QualifiedName">Its qualified name.</param>
internal sealed record PlacedColumn(string Name, string QualifiedName);
