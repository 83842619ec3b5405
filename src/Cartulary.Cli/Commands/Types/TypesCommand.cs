using System.CommandLine;

namespace Cartulary.Cli.Commands.Types;

/// <summary><c>cartulary types</c>: the commands about type definitions.</summary>
internal static class TypesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("types", "List, show, export and import type definitions")
    {
        ListTypesCommand.Create(context),
        ShowTypeCommand.Create(context),
        ExportTypesCommand.Create(context),
        ImportTypesCommand.Create(context),
    };

    /// <summary>The option that asks for one category.</summary>
    public static Option<string?> CategoryOption()
    {
        var category = new Option<string?>("--category") { Description = "Only definitions of this category", HelpName = "CATEGORY" };
        category.AcceptOnlyFromAmong("enum", "struct", "classification", "entity", "relationship", "businessMetadata");
        return category;
    }
}
