using System.Collections.Immutable;
using System.CommandLine;

namespace Cartulary.Cli.Commands;

/// <summary>A command that shows in its help how it is used.</summary>
internal sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Lines to type.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];
}
