using System.CommandLine;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks</c>: the commands about webhooks, for administrators.</summary>
internal static class WebhooksCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("webhooks", "Make webhooks, see how they do, and set them right")
    {
        ListWebhooksCommand.Create(context),
        CreateWebhookCommand.Create(context),
        ShowWebhookCommand.Create(context),
        StateCommands.Pause(context),
        StateCommands.Resume(context),
        TestWebhookCommand.Create(context),
        ReplayWebhookCommand.Create(context),
        NoticesCommand.Create(context),
        AttemptsCommand.Create(context),
        DeadLetterCommands.List(context),
        DeadLetterCommands.Redrive(context),
        RotateWebhookCommand.Create(context),
        DeleteWebhookCommand.Create(context),
    };
}
