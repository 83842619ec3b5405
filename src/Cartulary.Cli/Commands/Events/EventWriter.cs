using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary>Writes events: for people a heading and the changes, for programs one JSON object per line.</summary>
internal sealed class EventWriter(Terminal terminal, bool asJson)
{
    /// <summary>Writes one event.</summary>
    public void Write(FeedEvent told)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(told.Json.GetRawText());
        }
        else
        {
            terminal.Write(EventText.Of(told));
        }
    }
}
