namespace Cartulary.Cli.Sources;

/// <summary>A schema that was read to its end, so that what the catalog has of it beyond that is gone.</summary>
/// <param name="Schema">Its qualified name.</param>
/// <param name="Label">What people call it.</param>
/// <param name="IsEmpty">Whether the source has nothing in it.</param>
internal sealed record SourceScope(string Schema, string Label, bool IsEmpty);
