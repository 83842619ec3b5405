using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>Receivers that break off, never end, or flood: what counts is the status, no more is read than is needed, and nobody else waits.</summary>
public sealed class WebhookHostileScenarios
{
    private const long ReadAtMost = 4 * 1024 * 1024;
    private const long MemoryAtMost = 100 * 1024 * 1024;

    private static readonly KeyValuePair<string, string> AtOnce = new("Webhooks__RetrySeconds", "0,0,0,0");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_closes_before_the_status_is_a_failure_and_the_message_comes_again()
    {
        await using var receiver = new HostileReceiver(static async (socket, place, token) =>
        {
            if (place > 1)
            {
                await HostileReceiver.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", token);
            }
        });
        await using var server = await WebhookServer.StartAsync(AtOnce);
        var id = await CreateAsync(server, receiver.Url);
        await server.SaveAsync("first", "orders");

        var attempts = await AttemptsAsync(server, id, count: 2);

        attempts.Select(attempt => attempt.GetProperty("class").GetString()).ShouldBe(["delivered", "aborted"]);
    }

    [Fact]
    public async Task A_body_that_breaks_off_after_the_status_is_a_success()
    {
        await using var receiver = new HostileReceiver(static (socket, _, token) =>
            HostileReceiver.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it", token));
        await using var server = await WebhookServer.StartAsync(AtOnce);
        var id = await CreateAsync(server, receiver.Url);
        await server.SaveAsync("first", "orders");
        await server.SaveAsync("second", "orders");

        var attempts = await AttemptsAsync(server, id, count: 2);

        attempts.Select(attempt => (attempt.GetProperty("sequence").GetInt64(), attempt.GetProperty("class").GetString())).ShouldBe([(2, "delivered"), (1, "delivered")]);
    }

    [Fact]
    public async Task Of_a_body_without_end_little_is_read_and_the_next_message_follows()
    {
        HostileReceiver? endless = null;
        await using var receiver = new HostileReceiver((socket, _, token) => endless!.EndlessBodyAsync(socket, token));
        endless = receiver;
        await using var server = await WebhookServer.StartAsync(AtOnce);
        var id = await CreateAsync(server, receiver.Url);
        var before = server.Process.ResidentBytes;
        for (var save = 1; save <= 20; save++)
        {
            await server.SaveAsync($"{save}", "orders");
        }

        var attempts = await AttemptsAsync(server, id, count: 20);

        attempts.ShouldAllBe(attempt => attempt.GetProperty("class").GetString() == "delivered" && attempt.GetProperty("response").GetString()!.Length <= 1_024);
        (receiver.Sent / receiver.Connections).ShouldBeLessThan(ReadAtMost, "what the system buffers, and 16 KiB");
        (server.Process.ResidentBytes - before).ShouldBeLessThan(MemoryAtMost);
    }

    [Fact]
    public async Task A_flood_of_headers_is_a_failure_and_another_receiver_does_not_wait()
    {
        HostileReceiver? flooding = null;
        await using var receiver = new HostileReceiver(async (socket, _, token) =>
        {
            await HostileReceiver.SayAsync(socket, "HTTP/1.1 200 OK\r\n", token);
            await flooding!.FloodAsync(socket, Encoding.ASCII.GetBytes("X-Filler: " + new string('y', 1_000) + "\r\n"), token);
        });
        flooding = receiver;
        await using var healthy = new Receiver();
        await using var server = await WebhookServer.StartAsync(AtOnce);
        var id = await CreateAsync(server, receiver.Url);
        await server.CreateAsync(healthy, "cloudevents");
        await server.SaveAsync("first", "a", "b", "c");

        (await healthy.WaitAsync(events => events.Count == 3, Token)).Count.ShouldBe(3);
        var attempts = await AttemptsAsync(server, id, count: 1);

        attempts.ShouldAllBe(attempt => attempt.GetProperty("class").GetString() != "delivered");
        (receiver.Sent / receiver.Connections).ShouldBeLessThan(ReadAtMost);
    }

    [Fact]
    public async Task A_redirect_a_wish_to_be_left_alone_and_a_certificate_that_nobody_vouches_for_stop_a_webhook_at_once_and_nobody_else_is_asked()
    {
        await using var elsewhere = new Receiver();
        await using var redirecting = Answering($"307 Temporary Redirect\r\nLocation: {elsewhere.Url}");
        await using var busy = Answering("429 Too Many Requests\r\nRetry-After: 7200");
        await using var impostor = new HostileReceiver(static (_, _, _) => Task.CompletedTask) { Certificate = SelfSigned() };
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Webhooks__FailuresToOpen", "1"));
        var (redirected, left, refused) = (await CreateAsync(server, redirecting.Url), await CreateAsync(server, busy.Url), await CreateAsync(server, impostor.Url));
        await server.SaveAsync("first", "orders");

        var attempts = new[] { await AttemptsAsync(server, redirected, 1), await AttemptsAsync(server, left, 1), await AttemptsAsync(server, refused, 1) };

        attempts.Select(made => made.Single()).Select(made => (made.GetProperty("class").GetString(), made.TryGetProperty("status", out var status) ? status.GetInt32() : 0))
            .ShouldBe([("status", 307), ("status", 429), ("tls", 0)]);
        elsewhere.Taken.ShouldBeEmpty();
        impostor.Connections.ShouldBe(0, "no message was sent");
        foreach (var id in new[] { redirected, left, refused })
        {
            (await ShownAsync(server, id)).GetProperty("status").GetString().ShouldBe("FAILING");
        }

        var shown = await ShownAsync(server, left);
        (shown.GetProperty("nextAttemptAt").GetInt64() - shown.GetProperty("failingSince").GetInt64()).ShouldBe(7_200_000);
    }

    private static HostileReceiver Answering(string answer) => new((socket, _, token) =>
        HostileReceiver.SayAsync(socket, $"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", token));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static async Task<JsonElement> ShownAsync(WebhookServer server, string id) => (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success();

    private static async Task<string> CreateAsync(WebhookServer server, string url) =>
        (await server.AskAsync(HttpMethod.Post, "", new JsonObject { ["name"] = "hostile", ["url"] = url, ["format"] = "cloudevents", ["timeoutMs"] = 10_000 }))
            .Success().GetProperty("id").GetString()!;

    /// <summary>The attempts, newest first, once there are enough.</summary>
    private static async Task<JsonElement[]> AttemptsAsync(WebhookServer server, string id, int count)
    {
        while (true)
        {
            var attempts = (await server.AskAsync(HttpMethod.Get, $"/{id}/attempts")).Success().GetProperty("attempts").EnumerateArray().ToArray();
            if (attempts.Length >= count)
            {
                return attempts;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }
}
