using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary>Writes events: for people a heading and the changes, for programs one JSON object per line.</summary>
internal sealed class EventWriter(Terminal terminal, NameBook names, bool asJson)
{
    /// <summary>Writes one event.</summary>
    public async Task WriteAsync(FeedEvent told, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            await terminal.Output.WriteLineAsync(told.Json.GetRawText().AsMemory(), cancellationToken);
            return;
        }

        await names.LearnAsync(told, cancellationToken);
        terminal.Write(EventText.Of(told, names));
    }
}
