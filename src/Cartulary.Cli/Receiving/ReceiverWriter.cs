using System.Buffers;
using System.Text;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Receiving;

/// <summary>Shows what came: for people as <c>events tail</c> does, for programs one JSON object a line.</summary>
internal sealed class ReceiverWriter(Terminal terminal, bool asJson)
{
    private readonly NameBook _names = new(client: null);

    /// <summary>Shows an event and what became of it.</summary>
    public async Task ShowAsync(ReceivedRequest request, FeedEvent told, int status, Authenticity authenticity, bool isRepeat, bool isOld)
    {
        if (asJson)
        {
            await terminal.Output.WriteLineAsync(Json(request, told, status, authenticity, isRepeat, isOld));
            return;
        }

        var heading = EventText.Heading(told);
        foreach (var mark in Marks(request, status, authenticity, isRepeat, isOld))
        {
            heading = heading.With($"  {mark}", Tone.Changed);
        }

        await _names.LearnAsync(told, CancellationToken.None);
        terminal.Write([heading, .. isRepeat ? [] : EventText.Changes(told, _names).Select(line => line.Indented(4))]);
    }

    /// <summary>Tells of something that is no event.</summary>
    public void Note(string text) => terminal.Note(text);

    /// <summary>Tells of a message that was refused.</summary>
    public void Warn(string text) => terminal.Warn(text);

    private static IEnumerable<string> Marks(ReceivedRequest request, int status, Authenticity authenticity, bool isRepeat, bool isOld)
    {
        if (authenticity == Authenticity.Unchecked)
        {
            yield return "not verified";
        }

        if (request.Replay is { } replay)
        {
            yield return ValueText.Printable(replay);
        }

        if (isRepeat)
        {
            yield return "repeat";
        }

        if (isOld)
        {
            yield return "older than what came before";
        }

        if (status >= 300)
        {
            yield return $"answered {status}";
        }
    }

    private static string Json(ReceivedRequest request, FeedEvent told, int status, Authenticity authenticity, bool isRepeat, bool isOld)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, request.Id);
            writer.WriteBoolean("verified"u8, authenticity == Authenticity.Genuine);
            writer.WriteNumber("answered"u8, status);
            writer.WriteBoolean("repeat"u8, isRepeat);
            writer.WriteBoolean("old"u8, isOld);
            if (request.Replay is { } replay)
            {
                writer.WriteString("replay"u8, replay);
            }

            foreach (var member in told.Json.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
