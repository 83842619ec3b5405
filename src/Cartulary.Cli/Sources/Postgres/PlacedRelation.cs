namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A table or view that was sent, as others refer to it.</summary>
/// <param name="TypeName">The type of asset that it is.</param>
/// <param name="QualifiedName">Its qualified name.</param>
internal readonly record struct PlacedRelation(string TypeName, string QualifiedName);
