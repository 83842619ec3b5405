using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Webhooks;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// Servers of one catalog that deliver to receivers which fail now and then, while something breaks; and what must hold afterwards: of each webhook,
/// without repeats, what it received and what it gave up is the log, and the events of each asset came in order.
/// </summary>
internal sealed class WebhookFaultRun : IAsyncDisposable
{
    private const int Assets = 6;
    private const string Refused = "refused";

    /// <summary>An event that is refused is given up at once, and failures by chance are tried again at once.</summary>
    private static readonly KeyValuePair<string, string>[] Quick = [new("Webhooks__AllowPrivateNetworks", "true"), new("Webhooks__RetrySeconds", "0,0,0,0,0,0")];

    private readonly SharedKey _key = new();
    private readonly List<(string Id, Receiver Receiver)> _webhooks = [];

    public WebhookFaultRun(int seed) => Random = new Random(seed);

    /// <summary>Chance, by a seed.</summary>
    public Random Random { get; }

    /// <summary>Settings that every server needs.</summary>
    public KeyValuePair<string, string>[] Settings => [.. Quick, _key.Setting];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes webhooks, each with a receiver that fails one message in five, and refuses all about one asset.</summary>
    public async Task SubscribeAsync(ServerProcess server, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var receiver = new Receiver { Answer = Judge };
            var made = await AskAsync(server, HttpMethod.Post, "/api/webhooks", new JsonObject { ["name"] = $"hook {number}", ["url"] = receiver.Url, ["format"] = "cloudevents" });
            _webhooks.Add((made.GetProperty("id").GetString()!, receiver));
        }
    }

    /// <summary>Saves all assets once; what fails because the server is gone is left out.</summary>
    public static async Task TrySaveAsync(ServerProcess server, string description)
    {
        var names = Enumerable.Range(0, Assets).Select(number => number.ToString(CultureInfo.InvariantCulture)).Append(Refused);
        var entities = names.Select(name => (JsonNode)new JsonObject
        {
            ["typeName"] = "Table",
            ["attributes"] = new JsonObject { ["qualifiedName"] = $"faults/{name}", ["name"] = name, ["description"] = description },
        });
        try
        {
            await AskAsync(server, HttpMethod.Post, "/api/meta/entity/bulk", new JsonObject { ["entities"] = new JsonArray([.. entities]) });
        }
        catch (HttpRequestException)
        {
            // Nobody promised that it would be saved.
        }
    }

    /// <summary>Waits until everything has arrived or was given up, and checks it.</summary>
    public async Task<DeliveryCounts> CheckAsync(ServerProcess server)
    {
        var log = await LogAsync(server);
        var counts = new DeliveryCounts(log.Count * _webhooks.Count, Messages: 0, Repeats: 0, GivenUp: 0);
        foreach (var (id, receiver) in _webhooks)
        {
            await AskAsync(server, HttpMethod.Patch, $"/api/webhooks/{id}", new JsonObject { ["status"] = "ACTIVE" });
            var given = await SettledAsync(server, id, log[^1].Sequence);
            var events = receiver.Events;
            var once = events.DistinctBy(message => message.Id).ToList();
            once.Select(message => message.Sequence).Union(given).Order().ShouldBe(log.Select(told => told.Sequence), $"webhook {id}");
            foreach (var asset in once.GroupBy(message => message.Asset, StringComparer.Ordinal))
            {
                asset.Select(message => message.Sequence).ShouldBe(asset.Select(message => message.Sequence).Order(), $"webhook {id}, asset {asset.Key}");
            }

            given.ShouldNotBeEmpty("those that are refused are given up");
            counts += new DeliveryCounts(Events: 0, events.Count, events.Count - once.Count, given.Count);
        }

        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, receiver) in _webhooks)
        {
            await receiver.DisposeAsync();
        }

        _key.Dispose();
    }

    private int Judge(ReceivedMessage message)
    {
        if (message.Message.GetProperty("entity").GetProperty("attributes").GetProperty("name").GetString() == Refused)
        {
            return 422;
        }

        lock (Random)
        {
            return Random.Next(5) == 0 ? 500 : 204;
        }
    }

    /// <summary>Waits until everything up to an event is settled and nothing is parked; gives what was given up.</summary>
    private static async Task<List<long>> SettledAsync(ServerProcess server, string id, long last)
    {
        while (true)
        {
            var shown = await AskAsync(server, HttpMethod.Get, $"/api/webhooks/{id}");
            if (shown.GetProperty("position").GetInt64() == last && shown.GetProperty("parked").GetInt64() == 0)
            {
                var letters = await AskAsync(server, HttpMethod.Get, $"/api/webhooks/{id}/dead-letters?limit=1000");
                return [.. letters.GetProperty("deadLetters").EnumerateArray().Select(letter => letter.GetProperty("sequence").GetInt64())];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }

    private static async Task<List<(long Sequence, string Asset)>> LogAsync(ServerProcess server)
    {
        var log = new List<(long, string)>();
        for (long after = 0, head = long.MaxValue; after < head;)
        {
            var page = await AskAsync(server, HttpMethod.Get, $"/api/events?after={after}&limit=5000");
            log.AddRange(page.GetProperty("events").EnumerateArray().Select(told =>
                (told.GetProperty("seq").GetInt64(), told.GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("guid").GetString()!)));
            (after, head) = (page.GetProperty("next").GetInt64(), page.GetProperty("head").GetInt64());
        }

        return log;
    }

    private static async Task<JsonElement> AskAsync(ServerProcess server, HttpMethod method, string path, JsonObject? body = null)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        return (await CatalogHttp.SendAsync(client, method, path, body?.ToJsonString(), [], Token)).Success();
    }
}
