using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Cartulary.Cli.Commands.Assets;
using Cartulary.Cli.Commands.Backup;
using Cartulary.Cli.Commands.Crawl;
using Cartulary.Cli.Commands.Delete;
using Cartulary.Cli.Commands.Demo;
using Cartulary.Cli.Commands.Events;
using Cartulary.Cli.Commands.Exchange;
using Cartulary.Cli.Commands.Keys;
using Cartulary.Cli.Commands.Lineage;
using Cartulary.Cli.Commands.Listen;
using Cartulary.Cli.Commands.Migrate;
using Cartulary.Cli.Commands.Rehearse;
using Cartulary.Cli.Commands.Serve;
using Cartulary.Cli.Commands.Settings;
using Cartulary.Cli.Commands.Types;
using Cartulary.Cli.Commands.Verify;
using Cartulary.Cli.Commands.Webhooks;
using Cartulary.Cli.Output;
using Microsoft.Extensions.Configuration;

namespace Cartulary.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for and gives the exit code.</summary>
    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return RunAsync(arguments, new CommandContext(Terminal.OfProcess(), settings, TimeProvider.System), cancellationToken);
    }

    /// <summary>Runs what the arguments ask for in a given context.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = Build(context).Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(40),
        };
        if (parsed.Action is not ParseErrorAction mistake)
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }

        // Help that nobody asked for is no data: it goes where messages go, and only where a command is missing.
        configuration.Output = context.Terminal.Error;
        mistake.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0;
        await parsed.InvokeAsync(configuration, cancellationToken);
        return ExitCode.Usage;
    }

    private static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("A metadata catalog that tells exactly what changed.")
        {
            ServeCommand.Create(context),
            DemoCommand.Create(context),
            CrawlCommand.Create(context),
            SaveCommand.Create(context),
            GetCommand.Create(context),
            SearchCommand.Create(context),
            HistoryCommand.Create(context),
            DiffCommand.Create(context),
            BlameCommand.Create(context),
            LineageCommand.Create(context),
            EventsCommand.Create(context),
            WebhooksCommand.Create(context),
            ListenCommand.Create(context),
            RehearseCommand.Create(context),
            DeleteCommand.Create(context),
            KeysCommand.Create(context),
            TypesCommand.Create(context),
            SettingsCommand.Create(context),
            ExportCommand.Create(context),
            ImportCommand.Create(context),
            VerifyCommand.Create(context),
            BackupCommand.Create(context),
            RestoreCommand.Create(context),
            MigrateCommand.Create(context),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        }

        return root;
    }
}
