using System.Collections.Frozen;
using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks notices</c>: what whoever looks after webhooks should know.</summary>
internal static class NoticesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var webhook = new Argument<string?>("WEBHOOK") { Description = "The id of a webhook, or its name; all if absent", Arity = ArgumentArity.ZeroOrOne };
        var after = new Option<long>("--after") { Description = "Only those after this one", HelpName = "ID" };
        var limit = new Option<int>("--limit") { Description = "At most this many", HelpName = "N", DefaultValueFactory = _ => 100 };
        var command = new CliCommand("notices", "Show what to know of webhooks: receivers that fail, events that were given up, and so on")
        {
            Examples = ["cartulary webhooks notices", "cartulary webhooks notices orders --after 120 --json"],
        };
        command.Arguments.Add(webhook);
        command.Options.Add(after);
        command.Options.Add(limit);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var wanted = parsed.GetValue(webhook);
            var id = wanted is null ? null : await WebhookArgument.IdAsync(client, wanted, cancellationToken);
            var notices = await client.ListNoticesAsync(id, parsed.GetValue(after), parsed.GetValue(limit), cancellationToken);
            var asJson = parsed.GetValue(context.Json);
            var names = asJson || notices.IsEmpty ? [] : await client.ListWebhooksAsync(cancellationToken);
            var byId = names.ToFrozenDictionary(entry => entry.Id, entry => entry.Name, StringComparer.Ordinal);
            return await WebhookOutput.WriteAsync(context, asJson, notices, notice => NoticeText.Line(notice, byId), cancellationToken);
        }));
    }
}
