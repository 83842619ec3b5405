using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Exchange;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;

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
        var resume = new Option<bool>("--resume") { Description = "Go on with an export to that file that was interrupted, as of the moment at which it began" };
        var command = new CliCommand("export", "Write types and assets as JSON lines, as of one moment, for `import`")
        {
            Examples =
            [
                "cartulary export -o catalog.jsonl",
                "cartulary export -o catalog.jsonl --resume",
                "cartulary export --under default/postgres/sales -o sales.jsonl",
            ],
        };
        command.Options.Add(output);
        command.Options.Add(types);
        command.Options.Add(under);
        command.Options.Add(resume);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var choice = new ExportChoice([.. parsed.GetValue(types) ?? []], parsed.GetValue(under));
            var goesOn = parsed.GetValue(resume);
            if (parsed.GetValue(output) is { } file)
            {
                var part = goesOn ? await FindAsync(context.Terminal, file, choice, cancellationToken) : ExportPart.Begin(file);
                return await WriteAsync(context.Terminal, client, part, choice, file, cancellationToken);
            }

            if (goesOn)
            {
                throw new UsageException("--resume goes on with a file: name it with --output");
            }

            await using var stream = Console.OpenStandardOutput();
            using var answer = await client.ExportAsync(choice, moment: null, lines: 0, cancellationToken);
            await answer.CopyToAsync(stream, cancellationToken);
            return ExitCode.Done;
        });
    }

    private static async Task<ExportPart> FindAsync(Terminal terminal, string file, ExportChoice choice, CancellationToken cancellationToken)
    {
        if (await ExportPart.FindAsync(file, cancellationToken) is not { } part)
        {
            terminal.Note($"There is no interrupted export to {file}: this is a new one.");
            return ExportPart.Begin(file);
        }

        return part.Choice!.IsSameAs(choice) ? part : throw new UsageException($"{part.Path} is of other types, or of another qualified name: give --type and --under as then");
    }

    /// <summary>A file of that name is whole, or not there: until then its lines are in another one.</summary>
    private static async Task<int> WriteAsync(
        Terminal terminal, CatalogClient client, ExportPart part, ExportChoice choice, string file, CancellationToken cancellationToken)
    {
        using var answer = await client.ExportAsync(choice, part.Moment, part.Lines, cancellationToken);
        await part.KeepMomentAsync(answer.Moment, choice, cancellationToken);
        ExportEnd end;
        try
        {
            await using (var stream = part.Append())
            {
                await answer.CopyToAsync(stream, cancellationToken);
            }

            end = await ExportFile.ReadEndAsync(part.Path, cancellationToken);
        }
        catch (Exception failure) when (part.Moment is not null && failure is HttpRequestException or IOException or EntityFileException)
        {
            terminal.Fail(failure.Message);
            terminal.Note($"What has arrived is in {part.Path}. Run it again with --resume to go on.");
            return ExitCode.Partial;
        }

        part.Finish(file);
        terminal.Write(
            $"{ValueText.Count(end.Types)} types and {ValueText.Count(end.Assets)} assets, {ValueText.Count(end.Archived)} of them archived, are in {file}");
        return ExitCode.Done;
    }
}
