using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cartulary.Load.Driving;

/// <summary>Where requests go: a server, with connections that stay open.</summary>
internal sealed class Target : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _path;

    public Target(Uri address, string path, string? key)
    {
        _path = path;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends a body and reads the answer to its end.</summary>
    /// <param name="body">The body.</param>
    /// <param name="answer">A buffer to read with.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task PostAsync(byte[] body, byte[] answer, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(body, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(answer, cancellationToken) > 0)
        {
        }
    }

    /// <summary>Sends a body and gives the answer.</summary>
    public async Task<JsonElement> AskAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(body, cancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Calls another address of the server and gives the answer, when there is one.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
        }

        if (answer.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    /// <summary>How many events the server has told so far.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await _http.GetByteArrayAsync("/api/events?after=0&limit=1", cancellationToken));
        return document.RootElement.GetProperty("head").GetInt64();
    }

    /// <summary>What the server measures under a name of which there is one.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync("/metrics", cancellationToken);
        var line = text.Split('\n').Single(line => line.StartsWith($"{name}{{", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>A page of the feed.</summary>
    public Task<byte[]> FeedAsync(long after, int limit, CancellationToken cancellationToken) =>
        _http.GetByteArrayAsync(string.Create(CultureInfo.InvariantCulture, $"/api/events?after={after}&limit={limit}"), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _path) { Content = content };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
