using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Exchange;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Commands.Exchange;

/// <summary><c>cartulary import</c>: takes a file of <c>cartulary export</c> into a catalog.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A file that `export` has written" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be created, and create nothing" };
        var command = new CliCommand("import", "Take the types and assets of an export into a catalog, with their guids; needs an administrator's key")
        {
            Examples = ["cartulary import catalog.jsonl --dry-run", "cartulary import catalog.jsonl --url http://other:21000"],
        };
        command.Arguments.Add(file);
        command.Options.Add(dryRun);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var isTrial = parsed.GetValue(dryRun);
            var progress = new Progress(context.Terminal, context.Clock, isTrial ? "compared" : "imported");
            var import = new CatalogImport(client, parsed.GetRequiredValue(file), isTrial, progress.Show);
            try
            {
                await import.RunAsync(cancellationToken);
            }
            catch (Exception failure) when (import.Created > 0 && !isTrial && failure is CatalogException or EntityFileException or HttpRequestException or IOException)
            {
                progress.End();
                var code = failure is CatalogException refusal ? context.Refused(refusal, 0) : Tell(context.Terminal, failure);
                context.Terminal.Note($"{ValueText.Count(import.Created)} assets are imported. Run it again to go on: what is there is passed over.");
                return code == ExitCode.Failed ? ExitCode.Partial : code;
            }
            finally
            {
                progress.End();
            }

            Summarize(context.Terminal, import, isTrial);
            return ExitCode.Done;
        });
    }

    private static int Tell(Terminal terminal, Exception failure)
    {
        terminal.Fail(failure.Message);
        return ExitCode.Failed;
    }

    private static void Summarize(Terminal terminal, CatalogImport import, bool isTrial)
    {
        var would = isTrial ? "would be " : "";
        terminal.Write(isTrial
            ? $"{ValueText.Count(import.Types)} types: {ValueText.Count(import.TypesMade)} would be made"
            : $"{ValueText.Count(import.Types)} types: {ValueText.Count(import.TypesMade)} made, {ValueText.Count(import.TypesChanged)} changed");
        if (import.EndedWithTypes)
        {
            terminal.Write("assets can be compared when their types are there: see `cartulary types import`");
            return;
        }

        var archived = isTrial ? "" : $", {ValueText.Count(import.Archived)} archived";
        terminal.Write(
            $"{ValueText.Count(import.Created + import.Known)} assets: {ValueText.Count(import.Created)} {would}created, {ValueText.Count(import.Known)} unchanged{archived}");
    }
}
