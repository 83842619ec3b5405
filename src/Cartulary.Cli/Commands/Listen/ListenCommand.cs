using System.Collections.Immutable;
using System.CommandLine;
using Cartulary.Cli.Receiving;

namespace Cartulary.Cli.Commands.Listen;

/// <summary><c>cartulary listen</c>: a receiver of webhooks for developers, on this machine.</summary>
internal static class ListenCommand
{
    private const string SecretSetting = "CARTULARY_WEBHOOK_SECRET";
    private const int PortDefault = 8787;
    private const int PortMax = 65_535;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var port = new Option<int>("--port") { Description = "The port to listen on; 0 takes any", HelpName = "PORT", DefaultValueFactory = _ => PortDefault };
        var secrets = new Option<string[]>("--secret")
        {
            Description = $"A secret that messages may be signed with; others are answered 401 [default: ${SecretSetting}]",
            HelpName = "SECRET",
        };
        var secretFile = new Option<string?>("--secret-file") { Description = "A file that holds such secrets, one a line", HelpName = "FILE" };
        var stopAfter = new Option<long?>("--stop-after") { Description = "End after so many different events", HelpName = "N" };
        var failing = new FailureOptions();
        var command = new CliCommand("listen", "Receive webhooks on this machine, check them and show them, until Ctrl-C")
        {
            Examples =
            [
                "cartulary listen --secret-file orders.secret",
                "cartulary listen --port 9000 --json | jq -r '.envelope.message.operationType'",
                "cartulary listen --fail 503 --fail-first 3      refuse the first three, and see them come again",
                "cartulary listen --fail 500 --fail-asset default/sqlite/shop/shop/main/orders",
            ],
        };
        foreach (var option in (Option[])[port, secrets, secretFile, stopAfter])
        {
            command.Options.Add(option);
        }

        failing.AddTo(command);
        command.Options.Add(context.Json);
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            async () =>
            {
                var known = await SecretsAsync(context, parsed.GetValue(secrets) ?? [], parsed.GetValue(secretFile), cancellationToken);
                using var receiver = new Receiver(
                    new SignatureCheck(known, context.Clock),
                    failing.Read(parsed),
                    new ReceiverWriter(context.Terminal, parsed.GetValue(context.Json)),
                    parsed.GetValue(stopAfter));
                return await RunAsync(context, receiver, PortOf(parsed.GetValue(port)), known.IsEmpty, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Receiver receiver, int port, bool isUnchecked, CancellationToken cancellationToken)
    {
        await using (var host = await ReceiverHost.StartAsync(receiver, port, cancellationToken))
        {
            context.Terminal.Note($"listening on {host.Url}/{(isUnchecked ? "; without --secret nothing is verified" : "")}");
            await receiver.Enough.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.Terminal.Note(receiver.Tally.Sum());
        return ExitCode.Done;
    }

    private static int PortOf(int port) =>
        port is >= 0 and <= PortMax ? port : throw new UsageException($"--port must be from 0 to {PortMax}, not {port}");

    private static async Task<ImmutableArray<string>> SecretsAsync(
        CommandContext context, string[] given, string? file, CancellationToken cancellationToken)
    {
        var read = file is null ? [] : await File.ReadAllLinesAsync(file, cancellationToken);
        var known = given.Concat(read).Select(secret => secret.Trim()).Where(secret => secret.Length > 0).ToImmutableArray();
        return known.IsEmpty && context.Settings[SecretSetting] is { Length: > 0 } fromEnvironment ? [fromEnvironment] : known;
    }
}
