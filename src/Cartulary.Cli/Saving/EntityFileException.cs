namespace Cartulary.Cli.Saving;

/// <summary>A file does not hold assets in a form that is understood.</summary>
internal sealed class EntityFileException(string message) : Exception(message);
