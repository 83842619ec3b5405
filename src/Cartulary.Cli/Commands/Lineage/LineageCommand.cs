using System.CommandLine;

namespace Cartulary.Cli.Commands.Lineage;

/// <summary><c>cartulary lineage</c>: the commands that follow data.</summary>
internal static class LineageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("lineage", "Show what assets are made of and what is made of them")
    {
        ShowLineageCommand.Create(context),
        LineagePathsCommand.Create(context),
    };

    /// <summary>The option that asks for the past.</summary>
    public static Option<string?> AsOfOption() => new("--as-of") { Description = "Lineage as it was at this time, in ISO 8601", HelpName = "TIME" };
}
