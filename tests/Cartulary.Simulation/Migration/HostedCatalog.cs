using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Save.Read;
using Cartulary.Server;

namespace Cartulary.Simulation.Migration;

/// <summary>A real server in this process, on a folder or on a database.</summary>
internal sealed class HostedCatalog : IAsyncDisposable
{
    public const string Key = "key-of-the-first-administrator";

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client;
    private readonly Task _running;

    private HostedCatalog(string[] settings)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        _client = new HttpClient { BaseAddress = new Uri(url) };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        _running = CartularyHost.RunAsync(["--urls", url, "--CARTULARY_API_KEY", Key, "--Logging:LogLevel:Default", "None", .. settings], _stop.Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<HostedCatalog> OnFolderAsync(string folder, params string[] settings) => StartAsync(["--data", folder, .. settings]);

    public static Task<HostedCatalog> OnDatabaseAsync(string connectionString) =>
        StartAsync(["--Storage:Provider", "postgres", "--ConnectionStrings:Cartulary", connectionString]);

    /// <summary>The answer to a request, status first.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path, Token);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}";
    }

    /// <summary>The body of an answer to a request that is fulfilled.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        using var answer = await _client.GetAsync(path, Token);
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(Token), cancellationToken: Token) is { } document
            ? document.RootElement
            : default;
    }

    /// <summary>Saves a bulk body; the answer, status first.</summary>
    public async Task<string> SaveAsync(string json, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await SendAsync(request);
    }

    /// <summary>Archives an asset; the answer, status first.</summary>
    public async Task<string> ArchiveAsync(AssetSelector selector)
    {
        var path = selector switch
        {
            AssetSelector.ByGuid named => $"guid/{named.Guid}",
            AssetSelector.ByUniqueAttribute named => $"uniqueAttribute/type/{named.TypeName}?attr:{named.Attribute}={Uri.EscapeDataString(named.Value)}",
            _ => throw new UnreachableException(),
        };
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/meta/entity/{path}");
        return await SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static async Task<HostedCatalog> StartAsync(string[] settings)
    {
        var server = new HostedCatalog(settings);
        while (!await server.IsReadyAsync())
        {
            if (server._running.IsCompleted)
            {
                await server._running;
            }

            await Task.Delay(10, Token);
        }

        return server;
    }

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _client.SendAsync(request, Token);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}";
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync("/health/ready", Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
