using System.CommandLine;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary diff</c>: shows differences and tells by its exit code whether there are any.</summary>
internal static class DiffCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = CompareCommand.FileOption();
        var batch = SaveCommand.BatchOption();
        var command = new CliCommand("diff", "Show what saving a file would change; exit code 0 when nothing, 1 when something")
        {
            Examples =
            [
                "cartulary diff -f assets.json",
                "cartulary diff -f assets.json --json | jq -r .qualifiedName",
            ],
        };
        command.Options.Add(file);
        command.Options.Add(batch);
        return context.Talking(command, (client, parsed, cancellationToken) => CompareCommand.RunAsync(
            context,
            client,
            parsed.GetValue(file) ?? throw new UsageException("name a file to compare: cartulary diff -f FILE"),
            parsed.GetValue(batch),
            parsed.GetValue(context.Json),
            cancellationToken));
    }
}
