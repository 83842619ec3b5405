using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>Trimming waits for webhooks: for the place of each, for what is parked, and for what was given up; for one that is stopped, some days.</summary>
public sealed class WebhookRetentionScenarios
{
    private static readonly KeyValuePair<string, string>[] Trimming =
        [new("Retention__Events", "1"), new("Retention__IntervalSeconds", "1"), new("Webhooks__RetrySeconds", "0,0"), new("Webhooks__CleanSeconds", "1")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_file_the_log_is_kept_for_what_webhooks_need()
    {
        await using var server = await WebhookServer.StartAsync(Trimming);
        await NeedsAreKeptAsync(server, server);
    }

    [Fact]
    public async Task In_a_database_the_log_is_kept_for_what_webhooks_of_all_servers_need()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: false, Token);
        using var key = new SharedKey();
        KeyValuePair<string, string>[] place = [.. ServerProcess.OnPostgres(database.ConnectionString), key.Setting];
        await using var one = await WebhookServer.StartAsync([.. place, .. Trimming]);
        await using var other = await WebhookServer.StartAsync([.. place, .. Trimming]);
        await NeedsAreKeptAsync(one, other);
    }

    [Fact]
    public async Task A_webhook_that_was_stopped_for_too_long_expires_and_needs_another_place()
    {
        await using var server = await WebhookServer.StartAsync([.. Trimming, new("Webhooks__HoldDays", "0")]);
        await using var receiver = new Receiver { Answer = static _ => 503 };
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        await SetAsync(server, id, "PAUSED");
        await server.SaveAsync("one", "a");
        await server.SaveAsync("two", "a");
        await server.SaveAsync("three", "a");

        await UntilAsync(async () => (await ShowAsync(server, id)).GetProperty("status").GetString() == "EXPIRED");

        (await ShowAsync(server, id)).GetProperty("statusReason").GetString().ShouldBe("PAUSED");
        await UntilAsync(async () => (await server.AskAsync(HttpMethod.Get, "/notices")).Success().GetProperty("notices").GetArrayLength() == 1);
        var notice = (await server.AskAsync(HttpMethod.Get, $"/notices?webhook={id}")).Success().GetProperty("notices")[0];
        (notice.GetProperty("type").GetString(), notice.GetProperty("sequence").GetInt64()).ShouldBe(("webhook.expired", 0));
        var refused = await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" });
        refused.Status.ShouldBe(410);
        refused.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-410-00-001");
        (await server.AskAsync(HttpMethod.Post, $"/{id}/replay", new JsonObject { ["after"] = 0 })).Status.ShouldBe(410);
        (await server.AskAsync(HttpMethod.Post, $"/{id}/replay", new JsonObject { ["after"] = 2 })).Success();
        receiver.Answer = static _ => 204;
        await SetAsync(server, id, "ACTIVE");
        (await receiver.WaitAsync(events => events.Count == 1, Token))[0].Sequence.ShouldBe(3);
        (await ShowAsync(server, id)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    private static async Task NeedsAreKeptAsync(WebhookServer one, WebhookServer other)
    {
        await using var receiver = new Receiver { Answer = static message => message.IsEvent && message.Sequence == 3 ? 422 : 204 };
        await using var away = new Receiver { Answer = static message => message.IsEvent && message.Sequence > 1 ? 503 : 204 };
        var id = (await one.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        var behind = (await other.CreateAsync(away, "cloudevents")).GetProperty("id").GetString();
        await one.SaveAsync("first", "a");
        await away.WaitAsync(events => events.Count == 1, Token);
        foreach (var name in new[] { "b", "bad", "c", "d", "e" })
        {
            await one.SaveAsync("first", name);
        }

        await UntilAsync(async () => (await ShowAsync(one, id)).GetProperty("deadLetters").GetInt64() == 1);
        await one.UntilOldestAsync(2);
        away.Answer = static _ => 204;
        await SetAsync(other, behind, "ACTIVE");
        (await away.WaitAsync(events => events.DistinctBy(message => message.Id).Count() == 6, Token)).Select(message => message.Sequence).Distinct().Order().ShouldBe([1, 2, 3, 4, 5, 6]);

        await other.UntilOldestAsync(3);
        receiver.Answer = static _ => 204;
        (await other.AskAsync(HttpMethod.Post, $"/{id}/dead-letters/redrive", new JsonObject { ["all"] = true })).Success();

        var redriven = (await receiver.WaitAsync(events => events.Any(message => message.Sequence == 3), Token)).Single(message => message.Sequence == 3);
        redriven.Headers["x-cartulary-replay"].ShouldBe("redrive");
        redriven.Message.GetProperty("entity").GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldBe("webhooks/bad");
        await one.UntilOldestAsync(6);
    }

    private static async Task SetAsync(WebhookServer server, string? id, string status) =>
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = status })).Success();

    private static async Task<JsonElement> ShowAsync(WebhookServer server, string? id) => (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }
}
