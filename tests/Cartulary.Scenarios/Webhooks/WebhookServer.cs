using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A server that may send to this machine, with a catalog of its own.</summary>
public sealed class WebhookServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-webhooks-");
    private KeyValuePair<string, string>[] _settings = [];
    private HttpClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The process that runs now.</summary>
    public ServerProcess Process { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Starts one.</summary>
    public static async Task<WebhookServer> StartAsync(params KeyValuePair<string, string>[] settings)
    {
        var server = new WebhookServer();
        await server.StartAgainAsync([new("Webhooks__AllowPrivateNetworks", "true"), .. settings]);
        return server;
    }

    /// <summary>Starts the program on the same folder, with other settings if they are given.</summary>
    public async Task StartAgainAsync(params KeyValuePair<string, string>[] settings)
    {
        _client?.Dispose();
        _settings = settings.Length > 0 ? settings : _settings;
        Process = await ServerProcess.StartAsync(Folder, Token, _settings);
        _client = CatalogHttp.ClientFor(Process.Address);
    }

    /// <summary>Kills the program and starts it again.</summary>
    public async Task KillAndStartAsync()
    {
        await Process.KillAsync(Token);
        await Process.DisposeAsync();
        await StartAgainAsync();
    }

    /// <summary>Sends a request about webhooks.</summary>
    public Task<HttpReply> AskAsync(HttpMethod method, string path, JsonObject? body = null) => CallAsync(method, $"/api/webhooks{path}", body);

    /// <summary>Sends a request.</summary>
    public Task<HttpReply> CallAsync(HttpMethod method, string path, JsonObject? body = null) =>
        CatalogHttp.SendAsync(_client!, method, path, body?.ToJsonString(), [], Token);

    /// <summary>Makes a webhook.</summary>
    public async Task<JsonElement> CreateAsync(Receiver receiver, string format, params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["name"] = "hook", ["url"] = receiver.Url, ["format"] = format };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return (await AskAsync(HttpMethod.Post, "", body)).Success();
    }

    /// <summary>The oldest sequence that is kept.</summary>
    public async Task<long> OldestAsync() =>
        (await CatalogHttp.SendAsync(_client!, HttpMethod.Get, "/api/events?after=latest", json: null, [], Token)).Success().GetProperty("oldest").GetInt64();

    /// <summary>Waits until the log has been trimmed up to an event, and sees that it never is further.</summary>
    public async Task UntilOldestAsync(long oldest)
    {
        while (await OldestAsync() is var kept && kept != oldest)
        {
            kept.ShouldBeLessThan(oldest, "what is needed was trimmed");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }

    /// <summary>What the server measures, as text.</summary>
    public Task<string> MetricsAsync() => _client!.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

    /// <summary>Saves tables with a description.</summary>
    public Task SaveAsync(string description, params string[] names) => SaveAsync(description, [], names);

    /// <summary>Saves tables with a description, by a request with headers.</summary>
    public async Task SaveAsync(string description, KeyValuePair<string, string>[] headers, params string[] names)
    {
        var entities = names.Select(name => (JsonNode)new JsonObject
        {
            ["typeName"] = "Table",
            ["attributes"] = new JsonObject { ["qualifiedName"] = $"webhooks/{name}", ["name"] = name, ["description"] = description },
        });
        var body = new JsonObject { ["entities"] = new JsonArray([.. entities]) };
        (await CatalogHttp.SendAsync(_client!, HttpMethod.Post, "/api/meta/entity/bulk", body.ToJsonString(), headers, Token)).Success();
    }

    /// <summary>The envelopes of the feed, by sequence.</summary>
    public async Task<SortedDictionary<long, JsonElement>> FeedAsync()
    {
        var events = new SortedDictionary<long, JsonElement>();
        for (long after = 0, head = long.MaxValue; after < head;)
        {
            var page = (await CatalogHttp.SendAsync(_client!, HttpMethod.Get, $"/api/events?after={after}", json: null, [], Token)).Success();
            foreach (var item in page.GetProperty("events").EnumerateArray())
            {
                events.Add(item.GetProperty("seq").GetInt64(), item.GetProperty("envelope"));
            }

            (after, head) = (page.GetProperty("next").GetInt64(), page.GetProperty("head").GetInt64());
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
