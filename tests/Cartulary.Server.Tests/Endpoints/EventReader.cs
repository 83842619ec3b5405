using System.Net.ServerSentEvents;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Reads a stream with the framework's own parser.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    public HttpResponseMessage Response => _response;

    /// <summary>The last id that was sent, with an event or without.</summary>
    public string LastEventId => _parser.LastEventId;

    public static async Task<EventReader> OpenAsync(Host host, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/events/stream?{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event, or null when the server has ended the stream.</summary>
    public async Task<SseItem<string>?> NextAsync() =>
        await _items.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) ? _items.Current : null;

    /// <summary>The ids of the next events.</summary>
    public async Task<List<string?>> IdsAsync(int count)
    {
        var ids = new List<string?>();
        while (ids.Count < count && await NextAsync() is { } item)
        {
            ids.Add(item.EventId);
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // A read is still under way; closing the response has ended it.
        }
    }
}
