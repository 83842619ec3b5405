using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Commands.Webhooks;

namespace Cartulary.Cli.Commands.Rehearse;

/// <summary>
/// <c>cartulary rehearse</c>: what a webhook with these filters would have sent of the log that is kept, counted. The server judges the events with the
/// filter that webhooks have.
/// </summary>
internal static class RehearseCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var filter = new WebhookFilter();
        var since = new Option<string?>("--since")
        {
            Description = "Count what came after this: a sequence, a time in ISO 8601, or how long ago, such as 2h or 3d [default: all that is kept]",
            HelpName = "PLACE",
        };
        var command = new CliCommand("rehearse", "Count what a webhook with these filters would have sent, by kind, type, attribute and actor")
        {
            Examples =
            [
                "cartulary rehearse --since 7d",
                "cartulary rehearse --since 7d --ignore-attributes lastSyncRun lastSyncRunAt --exclude-actor crawler",
                "cartulary rehearse --type Table --prefix default/sqlite/shop --json",
            ],
        };
        filter.AddTo(command);
        command.Options.Add(since);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var place = parsed.GetValue(since) is { } text ? LogPlace.Parse(text, context.Clock) : (LogPlace?)null;
            var count = await CountAsync(client, place, filter.ToQuery(parsed), cancellationToken);
            if (parsed.GetValue(context.Json))
            {
                await context.Terminal.Output.WriteLineAsync(count.ToJson().AsMemory(), cancellationToken);
            }
            else
            {
                context.Terminal.Write(count.Lines());
            }

            return ExitCode.Done;
        });
    }

    private static async Task<RehearsalCount> CountAsync(CatalogClient client, LogPlace? since, string filter, CancellationToken cancellationToken)
    {
        var count = new RehearsalCount();
        var place = since switch
        {
            null => ("after", (await client.ReadBoundsAsync(cancellationToken)).Oldest - 1),
            { IsTime: true } time => ("from", time.Value),
            { } sequence => ("after", sequence.Value),
        };
        string log = "";
        while (true)
        {
            var page = await client.SummarizeAsync(place, $"{filter}{log}", cancellationToken);
            count.Add(page);
            if (page.Number("next") is not { } next || next >= (page.Number("head") ?? 0))
            {
                return count;
            }

            (place, log) = (("after", next), $"&log={Uri.EscapeDataString(page.Text("log") ?? "")}");
        }
    }
}
