using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks attempts</c>: what was sent lately, and how the receiver answered.</summary>
internal static class AttemptsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var limit = new Option<int>("--limit") { Description = "At most this many", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new CliCommand("attempts", "Show what was sent lately and what came of it, the newest first")
        {
            Examples = ["cartulary webhooks attempts orders --limit 100"],
        };
        command.Options.Add(limit);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) => await WebhookOutput.WriteAsync(
            context,
            parsed.GetValue(context.Json),
            await client.ListAttemptsAsync(id, parsed.GetValue(limit), cancellationToken),
            WebhookText.Attempt,
            cancellationToken));
    }
}
