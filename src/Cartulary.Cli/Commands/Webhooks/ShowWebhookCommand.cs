using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks show</c>: all about one webhook.</summary>
internal static class ShowWebhookCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new CliCommand("show", "Show a webhook: what it wants, how far it has come, how its receiver does")
        {
            Examples = ["cartulary webhooks show orders"],
        };
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var webhook = await client.ReadWebhookAsync(id, cancellationToken);
            return await WebhookOutput.WriteAsync(context, parsed.GetValue(context.Json), webhook.Json, WebhookText.Whole(webhook), cancellationToken);
        });
    }
}
