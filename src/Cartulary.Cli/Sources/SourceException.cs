namespace Cartulary.Cli.Sources;

/// <summary>A source cannot be read at all. The message says why and what to do.</summary>
internal sealed class SourceException(string message) : Exception(message);
