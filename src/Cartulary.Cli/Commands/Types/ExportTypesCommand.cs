using System.CommandLine;
using System.Text;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Types;

/// <summary><c>cartulary types export</c>: writes definitions in the form in which they can be imported.</summary>
internal static class ExportTypesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME") { Description = "Only these, by name or display name", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Built-in definitions too" };
        var command = new CliCommand("export", "Write the type definitions that were made here as JSON, for `types import`")
        {
            Examples = ["cartulary types export > types.json", "cartulary types export Notebook > notebook.json"],
        };
        command.Arguments.Add(names);
        command.Options.Add(all);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var wanted = parsed.GetValue(names) ?? [];
            var types = await client.ListTypesAsync(category: null, cancellationToken);
            string[] missing = [.. wanted.Where(name => !types.Any(type => Is(type, name)))];
            if (missing.Length > 0)
            {
                context.Terminal.Fail($"there is no type {string.Join(", ", missing)}; `cartulary types list --all` shows all");
                return ExitCode.No;
            }

            var chosen = wanted.Length > 0 ? types.Where(type => wanted.Any(name => Is(type, name))) : types.Where(type => parsed.GetValue(all) || !type.IsBuiltIn);
            await context.Terminal.Output.WriteLineAsync(Encoding.UTF8.GetString(TypeEntry.Bundle(chosen)).AsMemory(), cancellationToken);
            return ExitCode.Done;
        });
    }

    private static bool Is(TypeEntry type, string name) => type.Name == name || type.DisplayName == name;
}
