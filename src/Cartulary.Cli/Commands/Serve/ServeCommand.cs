using System.CommandLine;
using Cartulary.Server;
using Microsoft.Extensions.Options;

namespace Cartulary.Cli.Commands.Serve;

/// <summary><c>cartulary serve</c>: runs the server in this process.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons [default: http://127.0.0.1:21000]",
            HelpName = "URLS",
        };
        var data = new Option<string?>("--data")
        {
            Description = "The folder that holds the catalog; it is made when it is missing [default: ./cartulary-data]",
            HelpName = "DIR",
        };
        var command = new CliCommand("serve", "Run the server")
        {
            Examples =
            [
                "cartulary serve",
                "cartulary serve --urls http://127.0.0.1:8080 --data /var/lib/cartulary",
                "CARTULARY_API_KEY=… cartulary serve      the first administrator's key; otherwise one is made and shown once",
            ],
        };
        command.Options.Add(urls);
        command.Options.Add(data);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            () => RunAsync(
                [.. Given("--urls", parsed.GetValue(urls)), .. Given("--data", parsed.GetValue(data)), .. parsed.UnmatchedTokens],
                cancellationToken),
            cancellationToken));
        return command;
    }

    /// <summary>What the user did not give is left to the environment and the settings files.</summary>
    private static string[] Given(string option, string? value) => value is null ? [] : [option, value];

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            await CartularyHost.RunAsync(settings, cancellationToken);
            return ExitCode.Done;
        }
        catch (OptionsValidationException mistake)
        {
            throw new UsageException(string.Join("; ", mistake.Failures));
        }
    }
}
