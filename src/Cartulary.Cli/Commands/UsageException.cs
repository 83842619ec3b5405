namespace Cartulary.Cli.Commands;

/// <summary>The command line was understood, but asks for something that makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
