using System.CommandLine;
using System.Text.Json;

namespace Cartulary.Cli.Commands.Settings;

/// <summary><c>cartulary settings</c>: the commands about settings that are kept in the catalog.</summary>
internal static class SettingsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("settings", "Show and set the settings that are kept in the catalog")
    {
        Show(context),
        Set(context),
    };

    private static Command Show(CommandContext context)
    {
        var command = new CliCommand("show", "Show the catalog's settings") { Examples = ["cartulary settings show"] };
        return context.Talking(command, async (client, _, cancellationToken) =>
            await WriteAsync(context, await client.GetSettingsAsync(cancellationToken), cancellationToken));
    }

    private static Command Set(CommandContext context)
    {
        var ignored = new Option<string[]>("--ignored-attributes")
        {
            Description = "Attributes that alone never make a save a change; without a name, there are none",
            HelpName = "NAME",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new CliCommand("set", "Set the catalog's settings")
        {
            Examples = ["cartulary settings set --ignored-attributes lastSyncRun lastSyncRunAt", "cartulary settings set --ignored-attributes"],
        };
        command.Options.Add(ignored);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
            await WriteAsync(context, await client.SetIgnoredAttributesAsync(parsed.GetValue(ignored) ?? [], cancellationToken), cancellationToken));
    }

    private static async Task<int> WriteAsync(CommandContext context, JsonElement settings, CancellationToken cancellationToken)
    {
        await context.Terminal.Output.WriteLineAsync(settings.GetRawText().AsMemory(), cancellationToken);
        return ExitCode.Done;
    }
}
