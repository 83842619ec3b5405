using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary><c>cartulary crawl sqlite</c>: catalogues an SQLite database.</summary>
internal static class CrawlSqliteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The database; it is only read" };
        var name = new Option<string?>("--name")
        {
            Description = "The connection's name; its qualified name is default/sqlite/NAME [default: the file's name]",
            HelpName = "NAME",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "The connection's whole qualified name, in place of the one made from its name",
            HelpName = "QN",
        };
        var allowDelete = new Option<string?>("--allow-delete")
        {
            Description = $"How much of what is there may be archived at once, in percent [default: {SweepGuard.UsualPercent}, or 20 assets]",
            HelpName = "PCT",
        };
        var command = new CliCommand("sqlite", "Catalogue an SQLite database: its tables, views and columns. What is gone from it is archived")
        {
            Examples =
            [
                "cartulary crawl sqlite shop.db",
                "cartulary crawl sqlite /srv/data/app.sqlite --name \"orders service\"",
                "cartulary crawl sqlite shop.db --allow-delete 60%",
            ],
        };
        command.Arguments.Add(file);
        command.Options.Add(name);
        command.Options.Add(connection);
        command.Options.Add(allowDelete);
        return context.Talking(command, (client, parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var source = SqliteSource.For(path, parsed.GetValue(name), parsed.GetValue(connection)?.TrimEnd('/'));
            var guard = ReadGuard(parsed.GetValue(allowDelete));
            return RunAsync(context, client, source.Scan(SqliteFile.Read(path)), guard, parsed.GetValue(context.Json), cancellationToken);
        });
    }

    private static async Task<int> RunAsync(
        CommandContext context, CatalogClient client, SourceScan scan, SweepGuard guard, bool asJson, CancellationToken cancellationToken)
    {
        var (terminal, tally) = (context.Terminal, new SaveTally());
        var progress = new Progress(terminal, context.Clock, "saved");
        try
        {
            var result = await new Sources.Crawl(client, guard, progress.Show).RunAsync(scan, tally, cancellationToken);
            progress.End();
            var names = new NameBook(client);
            foreach (var told in result.Events)
            {
                await names.LearnAsync(told, cancellationToken);
            }

            Show(terminal, result, names, asJson);
            return result.Warnings.IsEmpty ? ExitCode.Done : ExitCode.Partial;
        }
        catch (Exception failure) when (tally.Items > 0 && failure is HttpRequestException or CatalogException)
        {
            progress.End();
            var code = failure is CatalogException refusal ? context.Refused(refusal, tally.Items) : ExitCode.Failed;
            if (failure is HttpRequestException)
            {
                terminal.Fail(failure.Message);
            }

            terminal.Note($"{ValueText.Count(tally.Items)} assets are saved, nothing was archived or not all of it. Run the crawl again to finish it.");
            return code == ExitCode.Failed ? ExitCode.Partial : code;
        }
        finally
        {
            progress.End();
        }
    }

    private static void Show(Terminal terminal, CrawlResult result, NameBook names, bool asJson)
    {
        foreach (var warning in result.Warnings)
        {
            terminal.Warn(ValueText.Printable(warning));
        }

        if (asJson)
        {
            terminal.Output.WriteLine(CrawlText.Json(result).ToJsonString());
            return;
        }

        terminal.Write(TextLine.Of($"connection {result.ConnectionQualifiedName}", Tone.Faint));
        terminal.Write(CrawlText.Of(result, names));
    }

    private static SweepGuard ReadGuard(string? percent)
    {
        if (percent is null)
        {
            return new SweepGuard();
        }

        return int.TryParse(percent.TrimEnd('%').TrimEnd(), out var number) && number is >= 0 and <= 100
            ? new SweepGuard(number)
            : throw new UsageException($"--allow-delete takes a percentage from 0 to 100, not \"{percent}\"");
    }
}
