using System.CommandLine;
using Cartulary.Cli.Exchange;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Exchange;

/// <summary><c>cartulary export</c>: writes the catalog to a file that <c>cartulary import</c> takes.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var output = new Option<string?>("--output", "-o") { Description = "The file to write [default: standard output]", HelpName = "FILE" };
        var types = new Option<string[]>("--type") { Description = "Only assets of this type and its subtypes; may be repeated", HelpName = "TYPE" };
        var under = new Option<string?>("--under") { Description = "Only assets of this qualified name and those below it", HelpName = "QUALIFIED-NAME" };
        var command = new CliCommand("export", "Write types and assets as JSON lines, as of one moment, for `import`")
        {
            Examples = ["cartulary export -o catalog.jsonl", "cartulary export --under default/postgres/sales -o sales.jsonl"],
        };
        command.Options.Add(output);
        command.Options.Add(types);
        command.Options.Add(under);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var (wanted, below) = (parsed.GetValue(types) ?? [], parsed.GetValue(under));
            if (parsed.GetValue(output) is not { } file)
            {
                await using var stream = Console.OpenStandardOutput();
                await client.ExportAsync(wanted, below, stream, cancellationToken);
                return ExitCode.Done;
            }

            // A file of that name is whole, or not there.
            var part = $"{file}.part";
            await using (var stream = File.Create(part))
            {
                await client.ExportAsync(wanted, below, stream, cancellationToken);
            }

            var end = await ExportFile.ReadEndAsync(part, cancellationToken);
            File.Move(part, file, overwrite: true);
            context.Terminal.Write(
                $"{ValueText.Count(end.Types)} types and {ValueText.Count(end.Assets)} assets, {ValueText.Count(end.Archived)} of them archived, are in {file}");
            return ExitCode.Done;
        });
    }
}
