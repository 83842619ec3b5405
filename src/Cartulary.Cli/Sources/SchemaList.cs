using System.Collections.Frozen;

namespace Cartulary.Cli.Sources;

/// <summary>All schemas that a database has, those included that are not crawled: any other is gone.</summary>
/// <param name="Database">The qualified name of the database.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Schemas">The qualified names of its schemas.</param>
internal sealed record SchemaList(string Database, string Label, FrozenSet<string> Schemas);
