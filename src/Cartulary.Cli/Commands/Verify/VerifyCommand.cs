using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Verification;
using Cartulary.Server;

namespace Cartulary.Cli.Commands.Verify;

/// <summary><c>cartulary verify</c>: folds the log and compares the result with the present state.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var data = new Option<string?>("--data") { Description = "The folder of a stopped server, to verify without one", HelpName = "DIR" };
        var command = new CliCommand("verify", "Fold every event that is kept and compare the result with the present state")
        {
            Examples =
            [
                "cartulary verify",
                "cartulary verify --data ./cartulary-data      a server that is stopped",
            ],
        };
        command.Options.Add(data);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var progress = new EventProgress(context.Terminal);
            var verification = parsed.GetValue(data) is { } folder
                ? await CatalogFolder.VerifyAsync(folder, progress, cancellationToken)
                : await VerifyAsync(client, progress, cancellationToken);
            return Show(context.Terminal, verification, parsed.GetValue(context.Json));
        });
    }

    private static Task<Core.Query.Verification> VerifyAsync(CatalogClient client, IProgress<long> progress, CancellationToken cancellationToken) =>
        new RemoteVerifier(client).VerifyAsync(progress, cancellationToken);

    private static int Show(Terminal terminal, Core.Query.Verification verification, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(VerificationJson.Of(verification));
        }
        else
        {
            foreach (var fault in verification.Faults)
            {
                terminal.Output.WriteLine(fault);
            }

            var counts = string.Create(CultureInfo.InvariantCulture, $"{verification.Events:N0} events folded, {verification.Assets:N0} assets compared: ");
            terminal.Output.WriteLine(verification.Faults.IsEmpty
                ? counts + "the log and the state agree"
                : string.Create(CultureInfo.InvariantCulture, $"{counts}{verification.Faults.Length:N0} faults"));
        }

        return verification.Faults.IsEmpty ? ExitCode.Done : ExitCode.No;
    }
}
