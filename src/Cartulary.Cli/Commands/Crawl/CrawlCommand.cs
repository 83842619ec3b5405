using System.CommandLine;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary><c>cartulary crawl</c>: the commands that catalogue a source.</summary>
internal static class CrawlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("crawl", "Catalogue what a source holds")
    {
        CrawlPostgresCommand.Create(context),
        CrawlSqliteCommand.Create(context),
    };
}
