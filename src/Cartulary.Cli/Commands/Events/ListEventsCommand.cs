using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary><c>cartulary events list</c>: a stretch of the feed.</summary>
internal static class ListEventsCommand
{
    private const int MostInOneAnswer = 500;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var filter = new EventFilter();
        var limit = new Option<int>("--limit") { Description = "At most this many events", HelpName = "N", DefaultValueFactory = _ => 100 };
        var command = new CliCommand("list", "Show events, the oldest first")
        {
            Examples =
            [
                "cartulary events list",
                "cartulary events list --after 48200 --limit 1000 --type Column",
                "cartulary events list --json | jq -r '.envelope.message.operationType'",
            ],
        };
        filter.AddTo(command);
        command.Options.Add(limit);
        return context.Talking(command, (client, parsed, cancellationToken) => RunAsync(
            context,
            client,
            filter.Read(parsed),
            parsed.GetValue(limit),
            new EventWriter(context.Terminal, new NameBook(client), parsed.GetValue(context.Json)),
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        CommandContext context,
        CatalogClient client,
        FeedRequest request,
        int limit,
        EventWriter writer,
        CancellationToken cancellationToken)
    {
        var left = limit;
        var last = request.After ?? 0;
        while (left > 0)
        {
            var page = await client.ReadEventsAsync(request with { Limit = Math.Min(left, MostInOneAnswer) }, cancellationToken);
            foreach (var told in page.Events)
            {
                await writer.WriteAsync(told, cancellationToken);
            }

            left -= page.Events.Length;
            last = page.Next;
            if (page.Next >= page.Head || page.Next <= (request.After ?? -1))
            {
                return ExitCode.Done;
            }

            request = request with { After = page.Next };
        }

        context.Terminal.Note($"there is more: go on with --after {last}");
        return ExitCode.Done;
    }
}
