using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks list</c>: shows all webhooks, one a line.</summary>
internal static class ListWebhooksCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new CliCommand("list", "Show all webhooks and how they do")
        {
            Examples = ["cartulary webhooks list", "cartulary webhooks list --json | jq -r 'select(.status != \"ACTIVE\") | .name'"],
        };
        return context.Talking(command, async (client, parsed, cancellationToken) => await WebhookOutput.WriteAsync(
            context,
            parsed.GetValue(context.Json),
            (await client.ListWebhooksAsync(cancellationToken)).Select(webhook => webhook.Json),
            json => WebhookText.Line(new WebhookEntry(json)),
            cancellationToken));
    }
}
