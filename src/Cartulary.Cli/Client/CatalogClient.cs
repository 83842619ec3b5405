using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>
/// Talks to a server over HTTP. A request that the server cannot take just now is sent again a few times, and so is a save
/// whose connection broke: its key makes sure that it is saved once. Every other refusal is a <see cref="CatalogException"/>.
/// </summary>
internal sealed partial class CatalogClient(HttpClient http, TimeProvider clock) : IDisposable
{
    private const int Attempts = 4;

    /// <summary>A client for one server. The caller disposes of it.</summary>
    public static CatalogClient Connect(ServerAddress server, TimeProvider clock)
    {
        var http = new HttpClient
        {
            BaseAddress = new Uri(server.Url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromMinutes(10),
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("cartulary-cli");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        if (server.Key is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        }

        return new(http, clock);
    }

    /// <summary>Saves the assets of a request body in one transaction, or tries what that would do.</summary>
    public async Task<SaveAnswer> SaveAsync(ReadOnlyMemory<byte> body, SaveManner manner, CancellationToken cancellationToken)
    {
        var query = manner switch
        {
            SaveManner.Trial => "?dryRun=true",
            SaveManner.WithReceipts => "?receipts=true",
            _ => "",
        };
        return SaveAnswer.Read(await SendAsync(HttpMethod.Post, $"api/meta/entity/bulk{query}", body, NewKey(), cancellationToken));
    }

    /// <summary>Archives assets in one transaction. Guids that do not exist are passed over.</summary>
    public async Task<SaveAnswer> ArchiveAsync(IEnumerable<string> guids, CancellationToken cancellationToken)
    {
        var query = string.Join('&', guids.Select(guid => $"guid={Uri.EscapeDataString(guid)}"));
        return SaveAnswer.Read(await SendAsync(HttpMethod.Delete, $"api/meta/entity/bulk?{query}", body: null, NewKey(), cancellationToken));
    }

    /// <summary>The asset with that guid, archived or not; null when there is none.</summary>
    public Task<AssetDocument?> FindAsync(string guid, CancellationToken cancellationToken) =>
        ReadAssetAsync(AssetName.Of(guid).At(""), cancellationToken);

    /// <summary>The asset of that type and qualified name, archived or not; null when there is none.</summary>
    public Task<AssetDocument?> FindAsync(string typeName, string qualifiedName, CancellationToken cancellationToken) =>
        ReadAssetAsync(AssetName.Of(typeName, qualifiedName).At(""), cancellationToken);

    /// <summary>The assets with these guids, archived or not, with their relationships; all must exist.</summary>
    public async Task<IReadOnlyList<JsonElement>> FindManyAsync(IEnumerable<Guid> guids, CancellationToken cancellationToken)
    {
        var query = string.Join('&', guids.Select(guid => $"guid={guid:D}"));
        var answer = await SendAsync(HttpMethod.Get, $"api/meta/entity/bulk?{query}", body: null, cancellationToken);
        return [.. answer.GetProperty("entities").EnumerateArray()];
    }

    /// <summary>What the server answers at an address below it.</summary>
    public Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, cancellationToken);

    /// <summary>A page of the feed.</summary>
    public async Task<FeedPage> ReadEventsAsync(FeedRequest request, CancellationToken cancellationToken) =>
        FeedPage.Read(await SendAsync(HttpMethod.Get, request.ToPath(), body: null, cancellationToken));

    /// <summary>The sequence of the newest event; 0 when there is none.</summary>
    public async Task<long> ReadHeadAsync(CancellationToken cancellationToken) => (await ReadBoundsAsync(cancellationToken)).Head;

    /// <summary>A page without events, for the name of the log and its bounds.</summary>
    public async Task<FeedPage> ReadBoundsAsync(CancellationToken cancellationToken) =>
        FeedPage.Read(await SendAsync(HttpMethod.Get, "api/events?after=latest&limit=1", body: null, cancellationToken));

    /// <summary>Whether a server is there and ready for work.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<AssetDocument?> ReadAssetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new(await SendAsync(HttpMethod.Get, path, body: null, cancellationToken));
        }
        catch (CatalogException refusal) when (refusal.Status == HttpStatusCode.NotFound && refusal.Code.Length > 0)
        {
            return null;
        }
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    // A server that nobody has reached yet is not there, and the user is told so at once; one that was reached may come back.
    private static bool IsBroken(Exception failure, int attempt) =>
        failure is HttpIOException || (failure is HttpRequestException { StatusCode: null } broken
            && (attempt > 1 || broken.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)));

    private Task<JsonElement> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body, key: null, cancellationToken);

    private async Task<JsonElement> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? key, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(method, path, body, key, cancellationToken);
            }
            catch (Exception failure) when (attempt < Attempts
                && (failure is CatalogException { IsTransient: true } || (key is not null && IsBroken(failure, attempt))))
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), clock, cancellationToken);
            }
        }
    }

    private async Task<JsonElement> SendOnceAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", $"\"{key}\"");
        }

        if (body is { } json)
        {
            request.Content = new ReadOnlyMemoryContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw CatalogException.From(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
        return document.RootElement.Clone();
    }
}
