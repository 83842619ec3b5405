using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks pause</c> and <c>resume</c>.</summary>
internal static class StateCommands
{
    /// <summary>Makes <c>pause</c>.</summary>
    public static Command Pause(CommandContext context) => Create(
        context, "PAUSED", new CliCommand("pause", "Send nothing until the webhook is resumed; its place stays") { Examples = ["cartulary webhooks pause orders"] });

    /// <summary>Makes <c>resume</c>.</summary>
    public static Command Resume(CommandContext context) => Create(
        context,
        "ACTIVE",
        new CliCommand("resume", "Go on where the webhook was, and ask a failing receiver at once") { Examples = ["cartulary webhooks resume orders"] });

    private static Command Create(CommandContext context, string status, CliCommand command) =>
        new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) => await WebhookOutput.WriteAsync(
            context,
            parsed.GetValue(context.Json),
            await client.ChangeWebhookAsync(id, new JsonObject { ["status"] = status }, cancellationToken),
            cancellationToken));
}
