using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Faults;

/// <summary>All that the feed has told, checked as it is read: one log, no gap in its numbers nor in any asset's versions.</summary>
public sealed class FeedHistory
{
    private readonly Dictionary<string, List<string>> _byRequest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoldedState> _assets = new(StringComparer.Ordinal);
    private string? _log;

    /// <summary>The last sequence read.</summary>
    public long Position { get; private set; }

    /// <summary>Every asset as its events leave it, by guid.</summary>
    public IReadOnlyDictionary<string, FoldedState> Assets => _assets;

    /// <summary>What was told of a request: operation and qualified name of each event.</summary>
    public IReadOnlyList<string> EventsOf(Attempt attempt) => _byRequest.GetValueOrDefault(attempt.Id) ?? [];

    /// <summary>Reads on to the head.</summary>
    public async Task CatchUpAsync(HttpClient client, CancellationToken cancellationToken)
    {
        for (var head = long.MaxValue; Position < head;)
        {
            var page = (await CatalogHttp.SendAsync(client, HttpMethod.Get, $"/api/events?after={Position}&limit=2000", null, [], cancellationToken)).Success();
            _log ??= page.GetProperty("log").GetString();
            page.GetProperty("log").GetString().ShouldBe(_log, "a restart keeps the log");
            foreach (var item in page.GetProperty("events").EnumerateArray())
            {
                Take(item);
            }

            page.GetProperty("next").GetInt64().ShouldBe(Position);
            head = page.GetProperty("head").GetInt64();
        }
    }

    private void Take(JsonElement item)
    {
        item.GetProperty("seq").GetInt64().ShouldBe(++Position, "a gap in the log");
        var message = item.GetProperty("envelope").GetProperty("message");
        var entity = message.GetProperty("entity");
        var guid = entity.GetProperty("guid").GetString()!;
        if (!_assets.TryGetValue(guid, out var asset))
        {
            _assets[guid] = asset = new FoldedState();
        }

        asset.Apply(message);
        if (message.GetProperty("headers").TryGetProperty(LoadClient.Header, out var request))
        {
            if (!_byRequest.TryGetValue(request.GetString()!, out var told))
            {
                _byRequest[request.GetString()!] = told = [];
            }

            told.Add($"{message.GetProperty("operationType").GetString()} {entity.GetProperty("attributes").GetProperty("qualifiedName").GetString()}");
        }
    }
}
