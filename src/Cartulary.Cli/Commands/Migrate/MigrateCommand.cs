using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Commands.Verify;
using Cartulary.Cli.Output;
using Cartulary.Server;
using Cartulary.Storage.Migration;

namespace Cartulary.Cli.Commands.Migrate;

/// <summary><c>cartulary migrate</c>: a catalog from a file carried to a PostgreSQL database.</summary>
internal static class MigrateCommand
{
    private const string FromPrefix = "sqlite:";
    private const string ToPrefix = "postgres:";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var from = new Option<string>("--from")
        {
            Description = "The folder of a stopped server, or the catalog.db in it",
            HelpName = "sqlite:DIR",
            Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = $"The database; without a connection string that of ${CommandContext.DatabaseSetting} is taken, which other users of the machine cannot see",
            HelpName = "postgres:[CONNECTION]",
            Required = true,
        };
        var command = new CliCommand("migrate", "Carry a catalog to a PostgreSQL database, log and all; run again after an interruption, it goes on")
        {
            Examples =
            [
                "cartulary migrate --from sqlite:./cartulary-data --to \"postgres:Host=db.example.com;Database=cartulary;Username=cartulary\"",
                $"{CommandContext.DatabaseSetting}=… cartulary migrate --from sqlite:./cartulary-data --to postgres:      the password stays out of the command line",
            ],
        };
        var quick = new Option<bool>("--quick") { Description = "Count the rows only; do not fold the log and compare it with the state, which needs memory for the whole catalog" };
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(quick);
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            () => RunAsync(
                context.Terminal,
                After(parsed.GetRequiredValue(from), FromPrefix, "--from"),
                Database(context, parsed.GetRequiredValue(to)),
                parsed.GetValue(quick),
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string folder, string connectionString, bool isQuick, CancellationToken cancellationToken)
    {
        await using var migration = await CatalogMigration.OpenAsync(folder, connectionString, cancellationToken);
        if (migration.IsComplete)
        {
            terminal.Write($"{migration.Place} holds this catalog already");
            return ExitCode.Done;
        }

        if (migration.GoesOn)
        {
            terminal.Note("going on where an earlier run was interrupted");
        }

        await migration.CarryAsync(new RowProgress(terminal), cancellationToken);
        var found = "the rows are all there";
        if (!isQuick)
        {
            var verification = await migration.VerifyAsync(new EventProgress(terminal), cancellationToken);
            if (!verification.Faults.IsEmpty)
            {
                return Refuse(terminal, migration.Place, verification);
            }

            found = string.Create(
                CultureInfo.InvariantCulture, $"{verification.Events:N0} events, {verification.Assets:N0} assets, the log and the state agree");
        }

        await migration.CompleteAsync(cancellationToken);
        terminal.Write($"{migration.Place} is complete: {found}");
        terminal.Note("The log kept its id, and readers go on where they were. Do not serve the file any more.");
        return ExitCode.Done;
    }

    private static int Refuse(Terminal terminal, string place, Core.Query.Verification verification)
    {
        foreach (var fault in verification.Faults)
        {
            terminal.Write(fault);
        }

        terminal.Fail($"in {place} the log and the state do not agree; it stays closed to servers. Does `cartulary verify` find the same in the file?");
        return ExitCode.No;
    }

    private static string Database(CommandContext context, string to) =>
        After(to, ToPrefix, "--to") is { Length: > 0 } given ? given
        : context.Database ?? throw new UsageException($"--to names no database: put a connection string behind {ToPrefix}, or set {CommandContext.DatabaseSetting}");

    // What stands there is not repeated: it may hold a password.
    private static string After(string value, string prefix, string option) => value.StartsWith(prefix, StringComparison.Ordinal)
        ? value[prefix.Length..]
        : throw new UsageException($"{option} begins with {prefix}; only from SQLite to PostgreSQL is a catalog carried");

    /// <summary>Says which rows are being carried, and now and then how far they are.</summary>
    private sealed class RowProgress(Terminal terminal) : IProgress<CopyProgress>
    {
        private const long Step = 200_000;
        private string _table = "";
        private long _next;

        public void Report(CopyProgress value)
        {
            if (value.Table != _table)
            {
                (_table, _next) = (value.Table, 0);
            }

            if (value.Rows >= _next || (value.Rows == value.AllRows && _next != long.MaxValue))
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{value.Table}: {value.Rows:N0} of {value.AllRows:N0} rows"));
                _next = value.Rows == value.AllRows ? long.MaxValue : value.Rows + Step;
            }
        }
    }
}
