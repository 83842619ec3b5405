using System.CommandLine;
using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary><c>cartulary crawl sqlite</c>: catalogues an SQLite database.</summary>
internal static class CrawlSqliteCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The database; it is only read" };
        var options = new CrawlOptions("sqlite", "the file's name");
        var command = new CliCommand("sqlite", "Catalogue an SQLite database: its tables, views and columns. What is gone from it is archived")
        {
            Examples =
            [
                "cartulary crawl sqlite shop.db",
                "cartulary crawl sqlite shop.db --dry-run          what would change",
                "cartulary crawl sqlite /srv/data/app.sqlite --name \"orders service\"",
                "cartulary crawl sqlite shop.db --allow-delete 60%",
            ],
        };
        command.Arguments.Add(file);
        options.AddTo(command);
        return context.Talking(command, (client, parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var source = SqliteSource.For(path, parsed.GetValue(options.Name), options.ReadConnection(parsed));
            var run = new CrawlRun(context, client, options.ReadGuard(parsed), parsed.GetValue(options.DryRun), parsed.GetValue(context.Json));
            return run.RunAsync(source.Scan(SqliteFile.Read(path)), cancellationToken);
        });
    }
}
