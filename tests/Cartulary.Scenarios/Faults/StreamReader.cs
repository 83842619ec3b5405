using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Faults;

/// <summary>Follows the event stream as any consumer could: with the last event it has had, again and again.</summary>
public sealed class StreamReader
{
    /// <summary>Every event it was given, in order.</summary>
    public List<long> Sequences { get; } = [];

    private long Last => Sequences.Count == 0 ? 0 : Sequences[^1];

    /// <summary>Reads until the server goes away, or an event has come.</summary>
    public async Task FollowAsync(Uri address, long until, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(address);
        try
        {
            while (Last < until)
            {
                await ReadStreamAsync(client, until, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The server has gone; the caller starts another one.
        }
    }

    private async Task ReadStreamAsync(HttpClient client, long until, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events/stream");
        request.Headers.Add("Last-Event-ID", Last.ToString(CultureInfo.InvariantCulture));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            return;
        }

        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            Sequences.Add(long.Parse(item.EventId!, CultureInfo.InvariantCulture));
            if (Last >= until)
            {
                return;
            }
        }
    }
}
