using System.CommandLine;

namespace Cartulary.Cli.Commands.Events;

/// <summary><c>cartulary events</c>: the commands that read the feed.</summary>
internal static class EventsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("events", "Read what changed")
    {
        ListEventsCommand.Create(context),
        TailEventsCommand.Create(context),
    };
}
