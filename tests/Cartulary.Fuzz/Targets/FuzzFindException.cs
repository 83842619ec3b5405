namespace Cartulary.Fuzz.Targets;

/// <summary>An input did what no input may do.</summary>
internal sealed class FuzzFindException(string message, Exception? cause = null) : Exception(message, cause);
