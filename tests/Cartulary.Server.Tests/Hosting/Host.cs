using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cartulary.Server.Hosting;

namespace Cartulary.Server.Tests.Hosting;

/// <summary>A real server on a free port and an empty folder, with a client that holds its administrator's key.</summary>
internal sealed class Host : IAsyncDisposable
{
    public const string Key = "test key: any text";

    private readonly DirectoryInfo _folder;
    private readonly RunningServer _server;

    private readonly bool _keeps;

    private Host(DirectoryInfo folder, RunningServer server, string output, bool keeps)
    {
        _keeps = keeps;
        _folder = folder;
        _server = server;
        Output = output;
        Anonymous = new HttpClient { BaseAddress = new Uri(server.Addresses.Single()) };
        Client = new HttpClient { BaseAddress = Anonymous.BaseAddress };
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
    }

    public HttpClient Client { get; }

    public HttpClient Anonymous { get; }

    public string Output { get; }

    public Catalog Catalog => _server.Catalog;

    public string Folder => _folder.FullName;

    public static Task<Host> StartAsync(params string[] settings) =>
        StartInAsync(Directory.CreateTempSubdirectory("cartulary-"), [.. settings, $"--{Settings.AdministratorKeyName}={Key}"]);

    /// <summary>Starts a server that goes by a clock of the test's.</summary>
    public static Task<Host> StartByAsync(TimeProvider clock, params string[] settings) =>
        StartAsync(Directory.CreateTempSubdirectory("cartulary-"), clock, keeps: false, [.. settings, $"--{Settings.AdministratorKeyName}={Key}"]);

    public static Task<Host> StartInAsync(DirectoryInfo folder, params string[] settings) => StartAsync(folder, TimeProvider.System, keeps: false, settings);

    /// <summary>Starts a server whose folder stays when it ends.</summary>
    public static Task<Host> StartKeepingAsync(DirectoryInfo folder) => StartAsync(folder, TimeProvider.System, keeps: true);

    /// <summary>Sends a request; the answer's body must be JSON, or nothing.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return await SendAsync(request, client);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, HttpClient? client = null)
    {
        using var response = await (client ?? Client).SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if ((int)response.StatusCode == 204)
        {
            body.ShouldBeEmpty();
            return new Answer(204, default, response.Headers);
        }

        response.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("application/json"));
        return new Answer((int)response.StatusCode, JsonDocument.Parse(body).RootElement, response.Headers);
    }

    /// <summary>Sends a request with another key than the administrator's.</summary>
    public Task<Answer> SendAsAsync(string key, HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return SendAsync(request, Anonymous);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> SaveAsync(params string[] entities) =>
        SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", $$"""{"entities":[{{string.Join(',', entities)}}]}""");

    /// <summary>Stops the server as a signal would; requests under way are finished.</summary>
    public Task StopAsync() => _server.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Returns when a reader of the feed waits.</summary>
    public async Task WaitForWaiterAsync(int waiters = 1)
    {
        while (_server.Waiters < waiters)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await _server.DisposeAsync();
        if (!_keeps)
        {
            _folder.Delete(recursive: true);
        }
    }

    private static async Task<Host> StartAsync(DirectoryInfo folder, TimeProvider clock, bool keeps, params string[] settings)
    {
        var output = new StringWriter();
        var server = await Launch.StartAsync(
            ["--urls", "http://127.0.0.1:0", "--data", folder.FullName, .. settings], output, clock, TestContext.Current.CancellationToken);
        return new Host(folder, server, output.ToString(), keeps);
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Code => Body.GetProperty("errorCode").GetString();

    public JsonElement this[string name] => Body.GetProperty(name);
}
