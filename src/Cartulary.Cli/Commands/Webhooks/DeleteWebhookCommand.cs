using System.CommandLine;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks delete</c>: removes a webhook with all that is kept of it.</summary>
internal static class DeleteWebhookCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new CliCommand("delete", "Remove a webhook, its place, its attempts and its dead letters")
        {
            Examples = ["cartulary webhooks delete orders", "cartulary webhooks delete orders --yes"],
        };
        command.Options.Add(yes);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var webhook = await client.ReadWebhookAsync(id, cancellationToken);
            if (!parsed.GetValue(yes) && !await Question.AskAsync(context.Terminal, $"Remove webhook {webhook.Name}?", cancellationToken))
            {
                context.Terminal.Note("nothing was removed");
                return ExitCode.No;
            }

            var removed = await client.RemoveWebhookAsync(id, cancellationToken);
            return await WebhookOutput.WriteAsync(
                context, parsed.GetValue(context.Json), removed, [Output.TextLine.Of($"removed {id}")], cancellationToken);
        });
    }
}
