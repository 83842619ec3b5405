using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>An open event stream; disposing closes it.</summary>
internal sealed class EventStream(HttpResponseMessage answer, Stream body) : IAsyncDisposable
{
    private readonly SseParser<string> _parser = SseParser.Create(body);

    /// <summary>
    /// How far the server has looked, as it says even when it sends no event. Only once the server has ended the stream: when
    /// the connection breaks, the last thing heard may be the number of an event that never came.
    /// </summary>
    public long Examined { get; private set; }

    /// <summary>The events as they come, until the server ends the stream.</summary>
    /// <exception cref="IOException">The connection broke, or has been silent for too long.</exception>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _parser.EnumerateAsync(cancellationToken))
        {
            var sequence = SequenceOf(item.EventId);
            using var document = JsonDocument.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence},\"envelope\":{item.Data}}}"));
            yield return new FeedEvent(sequence, document.RootElement.Clone());
        }

        Examined = SequenceOf(_parser.LastEventId);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        answer.Dispose();
    }

    private static long SequenceOf(string? id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
}
