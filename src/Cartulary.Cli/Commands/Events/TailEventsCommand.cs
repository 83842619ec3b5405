using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary><c>cartulary events tail</c>: the feed as it grows.</summary>
internal static class TailEventsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var filter = new EventFilter();
        var command = new CliCommand("tail", "Follow events as they come, until Ctrl-C; a server that restarts is waited for")
        {
            Examples =
            [
                "cartulary events tail",
                "cartulary events tail --after 48214 --json",
                "cartulary events tail --prefix default/sqlite/shop --operation ENTITY_DELETE",
            ],
        };
        filter.AddTo(command);
        return context.Talking(command, (client, parsed, cancellationToken) =>
        {
            var writer = new EventWriter(context.Terminal, new NameBook(client), parsed.GetValue(context.Json));
            return new EventTail(client, writer, context.Terminal, context.Clock).RunAsync(filter.Read(parsed), cancellationToken);
        });
    }
}
