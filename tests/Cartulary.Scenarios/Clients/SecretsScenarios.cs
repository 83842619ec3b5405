using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>A key is shown to whoever makes it, and then nowhere, however much is logged.</summary>
public sealed class SecretsScenarios
{
    private const string LogEverything = """{"Logging":{"LogLevel":{"Default":"Trace","Microsoft":"Trace"}}}""";
    private const string Unknown = "canary-of-a-key-that-nobody-has";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_key_is_in_the_log_or_in_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-secrets-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), LogEverything, Token);
        string made;
        string output;
        await using (var server = await ServerProcess.StartAsync(folder.FullName, Token))
        {
            made = await UseKeysAsync(server.Address);
            (await server.StopAsync(Token)).ShouldBe(0);
            output = server.Output;
        }

        output.ShouldContain("created the key");
        foreach (var secret in new[] { made, Unknown, ServerProcess.Key, Base64($"someone:{made}") })
        {
            output.ShouldNotContain(secret);
            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Token)).ShouldNotContain(secret);
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task<string> UseKeysAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        var answer = await SendAsync(client, HttpMethod.Post, "/api/keys", Bearer(ServerProcess.Key), """{"name":"crawler","role":"editor"}""");
        var made = answer.GetProperty("key").GetString()!;
        await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", Bearer(made), """{"entities":[]}""");
        await SendAsync(client, HttpMethod.Get, "/api/events", new AuthenticationHeaderValue("Basic", Base64($"someone:{made}")));
        await SendAsync(client, HttpMethod.Get, "/api/events", Bearer(Unknown));
        await SendAsync(client, HttpMethod.Get, "/api/keys", Bearer(ServerProcess.Key));
        await SendAsync(client, HttpMethod.Delete, $"/api/keys/{answer.GetProperty("id").GetString()}", Bearer(ServerProcess.Key));
        return made;
    }

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<JsonElement> SendAsync(
        HttpClient client, HttpMethod method, string path, AuthenticationHeaderValue key, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = key;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, Token);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(Token));
    }
}
