using System.CommandLine;
using Cartulary.Cli.Sources.Postgres;
using Npgsql;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary><c>cartulary crawl postgres</c>: catalogues databases of a PostgreSQL server.</summary>
internal static class CrawlPostgresCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var options = new CrawlOptions("postgres", "the server's host, and its port unless that is 5432");
        var own = new CrawlPostgresOptions();
        var command = new CliCommand(
            "postgres",
            "Catalogue a PostgreSQL database: schemas, tables, partitions, views and where their columns come from, functions and procedures. What is gone is archived")
        {
            Examples =
            [
                "cartulary crawl postgres postgres://crawler@db.example.com/shop",
                "cartulary crawl postgres \"host=db.example.com dbname=shop user=crawler\" --password-file secret",
                "cartulary crawl postgres postgres://crawler@localhost/shop --schema \"sales*\" --exclude-schema \"*_old\" --dry-run",
                "PGPASSWORD=… cartulary crawl postgres --dsn postgres://crawler@localhost/shop --name shop --stats",
            ],
        };
        own.AddTo(command);
        options.AddTo(command);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var address = await ReadAddressAsync(context, own, parsed, cancellationToken);
            var source = new PostgresSource(address, own.Read(parsed), parsed.GetValue(options.Name), options.ReadConnection(parsed));
            var run = new CrawlRun(context, client, options.ReadGuard(parsed), parsed.GetValue(options.DryRun), parsed.GetValue(context.Json));
            return await run.RunAsync(source, cancellationToken);
        });
    }

    private static async Task<NpgsqlConnectionStringBuilder> ReadAddressAsync(
        CommandContext context, CrawlPostgresOptions own, ParseResult parsed, CancellationToken cancellationToken)
    {
        var password = parsed.GetValue(own.PasswordFile) is { } file ? (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n') : null;
        try
        {
            return PostgresAddress.Parse(own.ReadAddress(parsed), password, context.Settings);
        }
        catch (FormatException mistake)
        {
            throw new UsageException(mistake.Message);
        }
    }
}
