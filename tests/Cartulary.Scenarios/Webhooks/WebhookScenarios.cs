using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>What a receiver of webhooks can rely on.</summary>
public sealed class WebhookScenarios
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Atlan_s_receiver_is_asked_first_and_then_gets_envelopes_with_the_secret()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();

        var made = await server.CreateAsync(receiver, "atlan", ("secret", "shared-secret"));
        await server.SaveAsync("first", "orders");

        receiver.Taken[0].Body.ShouldBe("""{"atlan-webhook": "Hello, humans of data! It worked. Excited to see what you build!"}"""u8.ToArray());
        var message = (await receiver.WaitAsync(events => events.Count > 0, Token))[0];
        message.Headers["x-atlan-signing-secret"].ShouldBe("shared-secret");
        message.Headers.ShouldNotContainKey("webhook-signature");
        made.GetProperty("secret").GetString().ShouldBe("shared-secret");
        JsonElement.DeepEquals(message.Json, (await server.FeedAsync())[message.Sequence]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_receiver_that_does_not_take_the_validation_message_is_not_registered()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver { Answer = static _ => 500 };
        var body = new JsonObject { ["name"] = "hook", ["url"] = receiver.Url };

        var reply = await server.AskAsync(HttpMethod.Post, "", body);

        reply.Status.ShouldBe(400);
        reply.Body.GetProperty("errorMessage").GetString()!.ShouldContain("500");
        (await server.AskAsync(HttpMethod.Get, "")).Success().GetProperty("webhooks").GetArrayLength().ShouldBe(0);
        (await server.AskAsync(HttpMethod.Post, "?validate=false", body)).Success();
    }

    [Fact]
    public async Task A_save_that_changes_nothing_sends_nothing()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "cloudevents");

        await server.SaveAsync("same", "orders");
        await server.SaveAsync("same", "orders");
        await server.SaveAsync("same", "customers");

        var events = await receiver.WaitAsync(events => events.Count >= 2, Token);
        events.Select(message => message.Sequence).ShouldBe((await server.FeedAsync()).Keys);
    }

    [Fact]
    public async Task Cloud_events_are_signed_with_each_secret_in_use()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var made = await server.CreateAsync(receiver, "cloudevents");
        var id = made.GetProperty("id").GetString();
        var old = made.GetProperty("secret").GetString()!;
        await server.SaveAsync("first", "orders");
        var before = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];

        var rotated = (await server.AskAsync(HttpMethod.Post, $"/{id}/secrets", new JsonObject { ["overlapSeconds"] = 3600 })).Success();
        await server.SaveAsync("second", "orders");

        var after = (await receiver.WaitAsync(events => events.Count == 2, Token))[1];
        before.Headers["webhook-signature"].ShouldBe(SignatureOf(before, old));
        after.Headers["webhook-signature"].ShouldBe($"{SignatureOf(after, rotated.GetProperty("secret").GetString()!)} {SignatureOf(after, old)}");
        (await server.AskAsync(HttpMethod.Post, $"/{id}/secrets", [])).Status.ShouldBe(409);
        after.Headers["content-type"].ShouldBe("application/cloudevents+json; charset=utf-8");
        after.Json.GetProperty("type").GetString().ShouldBe("io.cartulary.entity_update.v1");
        after.Json.GetProperty("subject").GetString().ShouldBe(after.Asset);
        after.Json.GetProperty("sequence").GetString().ShouldBe("00000000000000000002");
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_sent()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(
            receiver, "cloudevents", ("events", new JsonArray("ENTITY_UPDATE")), ("qualifiedNamePrefix", "webhooks/a"), ("ignoreAttributes", new JsonArray("displayName")));

        await server.SaveAsync("one", "alpha", "beta");
        await server.SaveAsync("two", "alpha", "beta");

        var events = await receiver.WaitAsync(events => events.Count > 0, Token);
        events.ShouldHaveSingleItem().Message.GetProperty("entity").GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldBe("webhooks/alpha");
    }

    [Fact]
    public async Task A_receiver_far_behind_is_not_kept_waiting_by_what_is_not_for_it()
    {
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Feed__ScannedEvents", "10"));
        await using var receiver = new Receiver();
        await server.SaveAsync("first", [.. Enumerable.Range(0, 1_000).Select(static number => $"other{number}"), "orders"]);
        (await server.FeedAsync()).Count.ShouldBe(1_001);

        await server.CreateAsync(receiver, "cloudevents", ("startAt", 0), ("qualifiedNamePrefix", "webhooks/orders"));

        (await receiver.WaitAsync(events => events.Count == 1, Token))[0].Sequence.ShouldBe(1_001);
    }

    [Fact]
    public async Task An_event_that_is_too_large_comes_in_a_short_form_that_says_where_all_of_it_is()
    {
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Limits__TextLength", "5000000"));
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "cloudevents");
        await server.SaveAsync(new string('x', 3_000_000), "orders");

        var message = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];

        message.Body.Length.ShouldBeLessThan(10_000);
        message.Message.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        message.Message.GetProperty("entity").GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldBe("webhooks/orders");
        message.Message.GetProperty("entity").GetProperty("attributes").TryGetProperty("description", out _).ShouldBeFalse();
        var whole = (await server.CallAsync(HttpMethod.Get, message.Message.GetProperty("dataref").GetString()!)).Success().GetProperty("events")[0];
        whole.GetProperty("seq").GetInt64().ShouldBe(message.Sequence);
        whole.GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("attributes").GetProperty("description").GetString()!.Length.ShouldBe(3_000_000);
    }

    [Fact]
    public async Task A_failing_receiver_loses_nothing_and_another_does_not_wait()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var healthy = new Receiver();
        await using var failing = new Receiver { Answer = static _ => 503 };
        await server.CreateAsync(healthy, "cloudevents");
        var id = (await server.CreateAsync(failing, "cloudevents")).GetProperty("id").GetString();

        await server.SaveAsync("first", "a", "b", "c", "d", "e", "f");
        (await healthy.WaitAsync(events => events.Count == 6, Token)).Count.ShouldBe(6);
        await AttemptedAsync(server, id!);
        failing.Answer = static _ => 204;
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success();

        (await failing.WaitAsync(events => events.DistinctBy(message => message.Id).Count() == 6, Token)).Select(message => message.Sequence).Distinct().Order().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task A_paused_webhook_goes_on_where_it_was()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "PAUSED" })).Success().GetProperty("status").GetString().ShouldBe("PAUSED");
        await server.SaveAsync("first", "orders");

        receiver.Events.ShouldBeEmpty();
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success();

        (await receiver.WaitAsync(events => events.Count == 1, Token))[0].Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task A_place_that_is_set_back_while_paused_holds_when_it_is_resumed()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        await server.SaveAsync("first", "a", "b");
        await receiver.WaitAsync(events => events.Count == 2, Token);
        await PositionAsync(server, id!, 2);
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "PAUSED" })).Success();

        (await server.AskAsync(HttpMethod.Post, $"/{id}/replay", new JsonObject { ["after"] = 1 })).Success().GetProperty("position").GetInt64().ShouldBe(1);
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success().GetProperty("position").GetInt64().ShouldBe(1);

        (await receiver.WaitAsync(events => events.Count == 3, Token))[2].Sequence.ShouldBe(2);
    }

    [Fact]
    public async Task A_replay_sends_the_same_messages_again_and_says_so()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        await server.SaveAsync("first", "a", "b");
        await receiver.WaitAsync(events => events.Count == 2, Token);
        await PositionAsync(server, id!, 2);

        (await server.AskAsync(HttpMethod.Post, $"/{id}/replay", new JsonObject { ["after"] = 0 })).Success();

        var events = await receiver.WaitAsync(events => events.Count == 4, Token);
        events.Skip(2).Select(message => message.Id).Order(StringComparer.Ordinal).ShouldBe(events.Take(2).Select(message => message.Id).Order(StringComparer.Ordinal));
        events.Skip(2).ShouldAllBe(message => message.Headers["x-cartulary-replay"] == "replay");
        (await server.AskAsync(HttpMethod.Post, $"/{id}/replay", new JsonObject { ["after"] = 99 })).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Private_addresses_are_refused_unless_they_are_allowed()
    {
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Webhooks__AllowPrivateNetworks", "false"));
        foreach (var url in new[] { "http://127.0.0.1:9/", "https://10.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://169.254.169.254/", "https://[::ffff:10.0.0.1]/" })
        {
            var reply = await server.AskAsync(HttpMethod.Post, "", new JsonObject { ["name"] = "hook", ["url"] = url, ["format"] = "cloudevents" });

            reply.Status.ShouldBe(400, url);
            reply.Body.GetProperty("errorMessage").GetString()!.ShouldContain("names an address that messages may not go to");
        }
    }

    [Theory]
    [InlineData("cloudevents")]
    [InlineData("atlan")]
    public async Task Secrets_are_shown_once_and_stand_nowhere(string format)
    {
        await using var collector = new OtlpCollector();
        await using var server = await WebhookServer.StartAsync(new("Logging__LogLevel__Default", "Trace"), new("Telemetry__OtlpEndpoint", collector.Address));
        await using var receiver = new Receiver { Answer = static message => message.IsEvent && message.Sequence == 2 ? 410 : 204 };
        const string canary = "canary-header-value";
        var given = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("canary-secret-of-thirty-two-byte"));
        var made = await server.CreateAsync(receiver, format, ("headers", new JsonObject { ["x-token"] = canary }), ("secret", given));
        var id = made.GetProperty("id").GetString();
        var rotated = (await server.AskAsync(HttpMethod.Post, $"/{id}/secrets", [])).Success().GetProperty("secret").GetString()!;
        await server.SaveAsync("first", "orders");
        (await receiver.WaitAsync(events => events.Count == 1, Token))[0].Headers["x-token"].ShouldBe(canary);
        (await server.AskAsync(HttpMethod.Post, $"/{id}/test", [])).Success();
        await server.SaveAsync("second", "orders");
        while ((await server.AskAsync(HttpMethod.Get, "/notices")).Success() is var told && told.GetProperty("notices").GetArrayLength() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }

        var shown = string.Concat(
            (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success().GetRawText(),
            (await server.AskAsync(HttpMethod.Get, "")).Success().GetRawText(),
            (await server.AskAsync(HttpMethod.Get, $"/{id}/attempts")).Success().GetRawText(),
            (await server.AskAsync(HttpMethod.Get, "/notices")).Success().GetRawText(),
            await server.MetricsAsync());
        await server.Process.StopAsync(Token);
        collector.Text.ShouldContain("deliver");

        foreach (var secret in new[] { canary, given["whsec_".Length..], rotated["whsec_".Length..] })
        {
            shown.ShouldNotContain(secret);
            server.Process.Output.ShouldNotContain(secret);
            collector.Text.ShouldNotContain(secret);
            foreach (var file in Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories))
            {
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)).ShouldNotContain(secret, customMessage: file);
            }
        }
    }

    [Fact]
    public async Task A_webhook_whose_secret_cannot_be_opened_says_so_and_is_sent_nothing_unsigned()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        await server.Process.StopAsync(Token);
        File.Delete(Path.Combine(server.Folder, "keys", "secrets.key"));

        await server.StartAgainAsync();
        await server.SaveAsync("first", "orders");

        var shown = (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success();
        (shown.GetProperty("status").GetString(), shown.GetProperty("statusReason").GetString()).ShouldBe(("PAUSED", "SECRET_UNREADABLE"));
        (await server.AskAsync(HttpMethod.Post, $"/{id}/test", [])).Status.ShouldBe(409);
        receiver.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_more_attempts_are_kept_than_the_settings_say()
    {
        await using var server = await WebhookServer.StartAsync(
            new KeyValuePair<string, string>("Webhooks__SuccessfulAttemptsMax", "2"), new KeyValuePair<string, string>("Webhooks__CleanSeconds", "1"));
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();

        await server.SaveAsync("first", "a", "b", "c", "d", "e");
        await receiver.WaitAsync(events => events.Count == 5, Token);
        await PositionAsync(server, id!, 5);

        await UntilAsync(async () => (await server.AskAsync(HttpMethod.Get, $"/{id}/attempts")).Success().GetProperty("attempts").GetArrayLength() == 2);
    }

    [Fact]
    public async Task A_key_can_have_addresses_called_only_so_often_in_a_minute()
    {
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Webhooks__CallsPerMinute", "3"));
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        (await server.AskAsync(HttpMethod.Post, $"/{id}/test", [])).Success();
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["url"] = receiver.Url })).Success();

        foreach (var (path, method, body) in new (string, HttpMethod, JsonObject)[]
        {
            ($"/{id}/test", HttpMethod.Post, []),
            ($"/{id}", HttpMethod.Patch, new JsonObject { ["url"] = receiver.Url }),
            ("", HttpMethod.Post, new JsonObject { ["name"] = "more", ["url"] = receiver.Url, ["format"] = "cloudevents" }),
        })
        {
            var refused = await server.AskAsync(method, path, body);
            (refused.Status, refused.Body.GetProperty("errorCode").GetString()).ShouldBe((429, "CARTULARY-429-00-001"), path);
        }

        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "PAUSED" })).Success();
        receiver.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_hears_of_all_that_is_wrong_with_it()
    {
        await using var server = await WebhookServer.StartAsync();
        var body = new JsonObject
        {
            ["url"] = "ftp://example.com",
            ["format"] = "xml",
            ["events"] = new JsonArray("ENTITY_MOVED"),
            ["typeNames"] = new JsonArray("Nothing"),
            ["maxInFlight"] = 33,
            ["headers"] = new JsonObject { ["webhook-id"] = "mine" },
            ["exlude"] = new JsonObject(),
        };

        var reply = await server.AskAsync(HttpMethod.Post, "", body);

        reply.Status.ShouldBe(400);
        var text = reply.Body.GetRawText();
        foreach (var path in new[] { "name", "url", "format", "events", "typeNames", "maxInFlight", "headers.webhook-id", "exlude" })
        {
            text.ShouldContain(path);
        }
    }

    private static string SignatureOf(ReceivedMessage message, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{message.Id}.{message.Headers["webhook-timestamp"]}."), .. message.Body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    private static Task AttemptedAsync(WebhookServer server, string id) =>
        UntilAsync(async () => (await server.AskAsync(HttpMethod.Get, $"/{id}/attempts")).Success().GetProperty("attempts").GetArrayLength() > 0);

    private static Task PositionAsync(WebhookServer server, string id, long position) =>
        UntilAsync(async () => (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success().GetProperty("position").GetInt64() >= position);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }
}
