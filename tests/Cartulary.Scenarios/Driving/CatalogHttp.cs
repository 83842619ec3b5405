using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Driving;

/// <summary>Speaks HTTP to a server: texts of JSON there, documents back.</summary>
public static class CatalogHttp
{
    /// <summary>A client with the administrator's key.</summary>
    public static HttpClient ClientFor(Uri address) => WithKey(new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) });

    /// <summary>Gives a client the administrator's key.</summary>
    public static HttpClient WithKey(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.Key);
        return client;
    }

    /// <summary>Sends one request and reads its whole answer.</summary>
    public static async Task<HttpReply> SendAsync(
        HttpClient client, HttpMethod method, string path, string? json, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var reply = new HttpReply((int)answer.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body))
        {
            Headers = answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
        ClientRules.Check(reply);
        await DescribedApi.CheckAsync(method, path, reply);
        EnvelopeFields.Check(reply.Body);
        return reply;
    }
}
