using System.CommandLine;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks rotate</c>: makes a new secret and shows it once.</summary>
internal static class RotateWebhookCommand
{
    private const long Day = 86_400;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var overlap = new Option<long>("--overlap")
        {
            Description = "Seconds for which the secret before is used beside the new one",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => Day,
        };
        var command = new CliCommand("rotate", "Make a new secret; its text is shown this once")
        {
            Examples = ["cartulary webhooks rotate orders > orders.secret", "cartulary webhooks rotate orders --overlap 3600"],
        };
        command.Options.Add(overlap);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var webhook = await client.RotateWebhookAsync(id, parsed.GetValue(overlap), cancellationToken);
            return await NewSecret.WriteAsync(context, parsed.GetValue(context.Json), webhook, cancellationToken);
        });
    }
}
