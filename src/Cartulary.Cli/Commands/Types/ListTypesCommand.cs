using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Types;

/// <summary><c>cartulary types list</c>: shows the definitions in a line each.</summary>
internal static class ListTypesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var category = TypesCommand.CategoryOption();
        var all = new Option<bool>("--all") { Description = "Built-in definitions too" };
        var command = new CliCommand("list", "List type definitions that were made here")
        {
            Examples = ["cartulary types list", "cartulary types list --all --category enum"],
        };
        command.Options.Add(category);
        command.Options.Add(all);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var types = await client.ListTypesAsync(parsed.GetValue(category), cancellationToken);
            foreach (var type in types.Where(type => parsed.GetValue(all) || !type.IsBuiltIn))
            {
                if (parsed.GetValue(context.Json))
                {
                    await context.Terminal.Output.WriteLineAsync(type.Json.GetRawText().AsMemory(), cancellationToken);
                }
                else
                {
                    var shown = type.DisplayName == type.Name ? type.Name : $"{type.DisplayName} ({type.Name})";
                    context.Terminal.Write($"{type.Category,-16}  {shown}", type.IsBuiltIn ? Tone.Faint : Tone.Plain);
                }
            }

            return ExitCode.Done;
        });
    }
}
