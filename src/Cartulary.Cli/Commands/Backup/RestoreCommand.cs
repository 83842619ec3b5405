using System.CommandLine;
using Cartulary.Server;

namespace Cartulary.Cli.Commands.Backup;

/// <summary><c>cartulary restore</c>: a catalog from a backup, with a log of its own.</summary>
internal static class RestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The backup" };
        var data = new Option<string>("--data") { Description = "The folder for the catalog; made when it is missing", HelpName = "DIR", Required = true };
        var replace = new Option<bool>("--replace") { Description = "Replace a catalog that is there; its file is kept as catalog.db.replaced" };
        var quick = BackupCommand.QuickOption();
        var command = new CliCommand("restore", "Make a catalog of a backup; its log gets a new id, so readers of the old one start over")
        {
            Examples =
            [
                "cartulary restore monday.db --data ./cartulary-data",
                "cartulary restore monday.db --data ./cartulary-data --replace      a stopped server's folder",
            ],
        };
        command.Arguments.Add(file);
        command.Options.Add(data);
        command.Options.Add(replace);
        command.Options.Add(quick);
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            async () =>
            {
                var folder = parsed.GetRequiredValue(data);
                if (!parsed.GetValue(replace) && File.Exists(Path.Combine(folder, "catalog.db")))
                {
                    context.Terminal.Fail($"{folder} holds a catalog already; --replace puts the backup in its place");
                    return ExitCode.Failed;
                }

                var verification = await CatalogBackup.RestoreAsync(
                    parsed.GetRequiredValue(file), folder, parsed.GetValue(replace), verify: !parsed.GetValue(quick), cancellationToken);
                context.Terminal.Write($"{folder} {BackupCommand.Checked(verification)}");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
