using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Output;
using Cartulary.Server;

namespace Cartulary.Cli.Commands.Backup;

/// <summary><c>cartulary backup</c>: a catalog in one file, taken while its server runs.</summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var data = new Option<string>("--data") { Description = "The catalog's folder; its server may be running", HelpName = "DIR", Required = true };
        var to = new Option<string>("--to") { Description = "The file to make; it must not be there", HelpName = "FILE", Required = true };
        var quick = QuickOption();
        var command = new CliCommand("backup", "Copy a catalog into one file, while its server runs")
        {
            Examples = ["cartulary backup --data ./cartulary-data --to monday.db"],
        };
        command.Options.Add(data);
        command.Options.Add(to);
        command.Options.Add(quick);
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            async () =>
            {
                var file = parsed.GetRequiredValue(to);
                var verification = await CatalogBackup.BackUpAsync(
                    parsed.GetRequiredValue(data), file, verify: !parsed.GetValue(quick), new CopyProgress(context.Terminal), cancellationToken);
                context.Terminal.Write($"{file} {Checked(verification)}");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    /// <summary>The option that leaves out the slow check.</summary>
    public static Option<bool> QuickOption() =>
        new("--quick") { Description = "Check the file, but do not fold its log and compare it with the state" };

    /// <summary>What has been checked, for people.</summary>
    public static string Checked(Core.Query.Verification? verification) => verification is null
        ? "is sound"
        : string.Create(CultureInfo.InvariantCulture, $"is sound: {verification.Events:N0} events, {verification.Assets:N0} assets, the log and the state agree");

    /// <summary>Says now and then how far the copying has come.</summary>
    private sealed class CopyProgress(Terminal terminal) : IProgress<double>
    {
        private const double Step = 0.1;
        private double _next = Step;

        public void Report(double value)
        {
            if (value >= _next && value < 1)
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{value:P0} copied"));
                _next = value + Step;
            }
        }
    }
}
