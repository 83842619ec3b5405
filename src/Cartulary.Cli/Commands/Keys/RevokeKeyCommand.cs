using System.CommandLine;

namespace Cartulary.Cli.Commands.Keys;

/// <summary><c>cartulary keys revoke</c>: ends a key for good.</summary>
internal static class RevokeKeyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as `cartulary keys list` shows it" };
        var command = new CliCommand("revoke", "End a key for good; the last administrator's stays")
        {
            Examples = ["cartulary keys revoke 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01"],
        };
        command.Arguments.Add(id);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var revoked = await client.RevokeKeyAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (parsed.GetValue(context.Json))
            {
                await context.Terminal.Output.WriteLineAsync(revoked.Json.GetRawText().AsMemory(), cancellationToken);
            }
            else
            {
                context.Terminal.Write($"revoked {revoked.Id}, the key of {revoked.Name}");
            }

            return ExitCode.Done;
        });
    }
}
