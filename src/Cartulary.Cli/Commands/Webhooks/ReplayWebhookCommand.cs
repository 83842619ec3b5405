using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks replay</c>: sets the place of a webhook.</summary>
internal static class ReplayWebhookCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var since = new Option<string>("--since")
        {
            Description = "Send what came after this: a sequence, a time in ISO 8601, or how long ago, such as 2h or 3d",
            HelpName = "PLACE",
            Required = true,
        };
        var command = new CliCommand("replay", "Send events again, from a place in the log on")
        {
            Examples = ["cartulary webhooks replay orders --since 48200", "cartulary webhooks replay orders --since 2h"],
        };
        command.Options.Add(since);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var place = LogPlace.Parse(parsed.GetRequiredValue(since), context.Clock);
            var webhook = await client.ReplayWebhookAsync(
                id, new JsonObject { [place.IsTime ? "from" : "after"] = place.Value }, cancellationToken);
            return await WebhookOutput.WriteAsync(context, parsed.GetValue(context.Json), webhook, cancellationToken);
        });
    }
}
