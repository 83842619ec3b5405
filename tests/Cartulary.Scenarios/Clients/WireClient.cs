using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>Sends what a client puts on the wire: its headers with every request, no redirect followed, each answer checked.</summary>
public sealed class WireClient : IDisposable
{
    private const string AtlanClient = "x-atlan-client-type";

    private static int _requests;

    private readonly HttpClient _http;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;

    private WireClient(CatalogServer server, AuthenticationHeaderValue key, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        _http = server.NewClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        _http.DefaultRequestHeaders.Authorization = key;
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _headers = headers;
    }

    /// <summary>Atlan's Python client.</summary>
    public static WireClient OfAtlan(CatalogServer server) => new(
        server,
        new AuthenticationHeaderValue("Bearer", ServerProcess.Key),
        [
            new("User-Agent", "Atlan-PythonSDK/9.10.3"),
            new("x-atlan-agent", "sdk"),
            new("x-atlan-agent-id", "python"),
            new("x-atlan-client-origin", "product_sdk"),
            new("x-atlan-python-version", "3.11.7"),
            new(AtlanClient, "sync"),
        ]);

    /// <summary>Apache Atlas's Python client.</summary>
    public static WireClient OfApacheAtlas(CatalogServer server) => new(
        server,
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{ServerProcess.Key}"))),
        [new("User-Agent", "python-requests/2.28.1")]);

    /// <summary>Sends a request that must succeed, and gives the body of its answer.</summary>
    public async Task<JsonElement> AskAsync(string method, string path, string? body = null) => (await SendAsync(method, path, body)).Success();

    /// <summary>Sends a request.</summary>
    public async Task<HttpReply> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_http.BaseAddress!, path));
        foreach (var (name, value) in _headers)
        {
            request.Headers.Add(name, value);
        }

        if (_headers.Any(header => header.Key == AtlanClient))
        {
            // Every call has an id of its own, and a save that is sent again the same one.
            request.Headers.Add("X-Atlan-Request-Id", string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref _requests):D12}"));
        }

        // Both clients name the media type of a body that they do not send, too.
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var reply = new HttpReply((int)answer.StatusCode, bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes));
        ClientRules.Check(reply);
        await DescribedApi.CheckAsync(request.Method, path, reply);
        return reply;
    }

    public void Dispose() => _http.Dispose();
}
