using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary>Shows a secret the one time that it is known: alone on standard output, so that it can be sent to a file.</summary>
internal static class NewSecret
{
    /// <summary>Writes the secret of a webhook that has a new one.</summary>
    public static async Task<int> WriteAsync(CommandContext context, bool asJson, WebhookEntry webhook, CancellationToken cancellationToken)
    {
        await context.Terminal.Output.WriteLineAsync((asJson ? webhook.Json.GetRawText() : webhook.Secret ?? "").AsMemory(), cancellationToken);
        if (!asJson)
        {
            context.Terminal.Note($"the secret of webhook {webhook.Id} ({ValueText.Printable(webhook.Name)}); it is not shown again");
        }

        return ExitCode.Done;
    }
}
