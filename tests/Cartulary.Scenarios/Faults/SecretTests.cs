using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>Keys, right and wrong, that are looked for afterwards in everything that the server has written and sent.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SecretTests : IDisposable
{
    private const string Canary = "canary-9f1c27d4";
    private const string Known = Canary + "-known";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-secret-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_nowhere_but_with_its_client()
    {
        await using var collector = new OtlpCollector();
        string[] settings = ["--Telemetry:OtlpEndpoint", collector.Address, "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft", "Trace"];
        await using var server = await ServerProcess.StartAsync(_folder.FullName, Known, settings, Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var authorization in Authorizations())
        {
            foreach (var path in (string[])["/api/events", "/api/meta/entity/guid/none", $"/api/meta/entity/bulk?guid=none&token={Canary}"])
            {
                using var answer = await SendAsync(client, HttpMethod.Get, path, authorization, body: null);
                (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain(Canary);
            }
        }

        using (var saved = await SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", new("Bearer", Known), Body))
        {
            saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var made = await MakeUseAndRevokeAsync(client);
        (await client.GetStringAsync("/metrics", Token)).ShouldNotContain(Canary);
        (await server.StopAsync(Token)).ShouldBe(0, server.Output);

        server.Output.ShouldContain("save committed: 1 assets, commit");
        server.Output.ShouldContain($"trace {Trace}");
        server.Output.ShouldContain("created the key");
        collector.Text.ShouldContain("plan");
        collector.Text.ShouldContain("cartulary_saves_total");
        foreach (var secret in (string[])[Canary, made, Base64($"someone:{Known}"), Base64($"someone:{made}")])
        {
            server.Output.ShouldNotContain(secret);
            collector.Text.ShouldNotContain(secret);
            foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Token)).ShouldNotContain(secret, Case.Sensitive, file.Name);
            }
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private const string Body = """{"entities":[{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"secret"}}]}""";

    /// <summary>A key's whole life over HTTP; the result is the key.</summary>
    private static async Task<string> MakeUseAndRevokeAsync(HttpClient client)
    {
        using var creation = await SendAsync(client, HttpMethod.Post, "/api/keys", new("Bearer", Known), """{"name":"crawler","role":"editor"}""");
        var made = JsonSerializer.Deserialize<JsonElement>(await creation.Content.ReadAsByteArrayAsync(Token));
        var key = made.GetProperty("key").GetString()!;
        foreach (var authorization in (AuthenticationHeaderValue[])[new("Bearer", key), new("Basic", Base64($"someone:{key}"))])
        {
            using var read = await SendAsync(client, HttpMethod.Get, "/api/events", authorization, body: null);
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var list = await SendAsync(client, HttpMethod.Get, "/api/keys", new("Bearer", Known), body: null);
        (await list.Content.ReadAsStringAsync(Token)).ShouldNotContain(key);
        using var revocation = await SendAsync(client, HttpMethod.Delete, $"/api/keys/{made.GetProperty("id").GetString()}", new("Bearer", Known), body: null);
        revocation.StatusCode.ShouldBe(HttpStatusCode.OK);
        return key;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<AuthenticationHeaderValue> Authorizations() =>
    [
        new("Bearer", Known),
        new("Bearer", Canary + "-unknown"),
        new("Basic", Base64($"someone:{Known}")),
        new(Canary, Canary),
    ];

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string path, AuthenticationHeaderValue authorization, string? body)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Authorization = authorization } };
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return client.SendAsync(request, Token);
    }
}
