using System.CommandLine;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary>Which webhook a command is about: its id, or its name where only one has it.</summary>
internal sealed class WebhookArgument
{
    private readonly Argument<string> _webhook = new("WEBHOOK") { Description = "The id of the webhook, or its name" };

    /// <summary>Adds the argument to a command, which talks to the server then. That there is no such webhook is the answer no.</summary>
    public Command Talking(CommandContext context, Command command, Func<CatalogClient, string, ParseResult, CancellationToken, Task<int>> act)
    {
        command.Arguments.Add(_webhook);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var wanted = parsed.GetRequiredValue(_webhook);
            return await act(client, await IdAsync(client, wanted, cancellationToken), parsed, cancellationToken);
        }));
    }

    /// <summary>What is no id and nobody's name is asked for as it is, so that the server says that it is not there.</summary>
    public static async Task<string> IdAsync(CatalogClient client, string wanted, CancellationToken cancellationToken)
    {
        if (Guid.TryParseExact(wanted, "N", out _))
        {
            return wanted;
        }

        var named = (await client.ListWebhooksAsync(cancellationToken)).Where(webhook => webhook.Name == wanted).ToList();
        return named.Count switch
        {
            0 => wanted,
            1 => named[0].Id,
            _ => throw new UsageException($"{named.Count} webhooks are called {wanted}: name one by its id, {string.Join(" or ", named.Select(webhook => webhook.Id))}"),
        };
    }
}
